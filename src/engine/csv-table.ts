import { UserMistake } from '../errors.ts';
import { requireAlike } from './alike.ts';
import { findNameProblems } from './column-names.ts';
import type { Engine } from './connection.ts';
import type { CsvFacts } from './csv-facts.ts';
import { findForm, joinNoted } from './csv-forms.ts';
import { findCsvLines } from './csv-lines.ts';
import { type CsvSurvey, surveyCsv } from './csv-survey.ts';
import { renderLineLimit } from './line-limit.ts';
import type { Attendance } from './pace.ts';
import { addPartitions, listPartitions, renderPaths } from './partitions.ts';
import { countRows, requireRows } from './row-count.ts';
import { quoteLiteral } from './sql.ts';
import { type ReadOptions, ROW_COLUMN, type Table, type TableFile, type TablePart, type Writing } from './table.ts';

interface Surveyed extends CsvSurvey {
  readonly file: TableFile;
}

/**
 * Opens CSV files: double quotes, UTF-8, names of the columns in the first record. Their structure is judged by us and
 * not by the engine's sniffer, which takes a file with ragged rows for a file with one column.
 */
export async function readCsv(
  engine: Engine,
  files: readonly TableFile[],
  { countsLater = false, ...attendance }: ReadOptions,
): Promise<Table> {
  const surveyed: Surveyed[] = [];
  for (const file of files) surveyed.push({ file, ...(await surveyCsv(file, attendance)) });
  requireAlike(surveyed.map(({ file, names }) => ({ file, columns: names })));
  requireSameEnding(surveyed);
  const names = surveyed[0]?.names ?? [];
  const partitions = listPartitions(files);
  const all = [...names, ...partitions.map(({ name }) => name)];
  const problems = findNameProblems(all, { file: files[0]?.name ?? '' });
  if (problems.length > 0) throw new UserMistake(problems);
  const readAs = (types: ReadonlyMap<string, string>) =>
    addPartitions(renderScan(files, names, surveyed, types), files);
  const relation = readAs(new Map());
  const parts = surveyed.map((one) => describePart(one, attendance));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (!countsLater) requireRows({ files: parts, rows }, await countRows(engine, relation));
  return {
    files: parts,
    format: 'csv',
    columns: [...names.map((name) => ({ name, type: 'VARCHAR' })), ...partitions],
    rows,
    ...(countsLater ? { isUncounted: true } : {}),
    relation,
    numbered: `(SELECT row_number() OVER () AS "${ROW_COLUMN}", * FROM ${relation})`,
    writings: describeWritings(surveyed),
    readAs,
  };
}

function describeWritings(surveyed: readonly Surveyed[]): Map<string, Writing> {
  const names = surveyed[0]?.names ?? [];
  const hasOthers = surveyed.some(({ file }) => file.csv?.nullValues?.some((value) => value !== ''));
  return new Map(
    names.map((name, column) => {
      const noted = joinNoted(surveyed.flatMap(({ facts }) => facts.columns[column] ?? []));
      const isFilled = !noted.hasGap && !hasOthers;
      return [name, { form: findForm(noted), isFilled, isWordy: !noted.hasFigures }];
    }),
  );
}

/** The engine is told of one kind of line ending for all files. */
function requireSameEnding(surveyed: readonly Surveyed[]): void {
  const ended = surveyed.filter(({ facts }) => facts.ending !== undefined);
  const other = ended.find(({ facts }) => facts.ending !== ended[0]?.facts.ending);
  if (!other) return;
  const found = `the lines of this file end otherwise than those of ${ended[0]?.file.name}`;
  throw new UserMistake({ file: other.file.name, found, fix: 'Let the lines of all files of a data set end alike.' });
}

function describePart({ file, facts }: Surveyed, attendance: Attendance): TablePart {
  const findLines = facts.isSteady
    ? async (rows: readonly number[]) => new Map(rows.map((row) => [row, row + 1]))
    : (rows: readonly number[]) => findCsvLines(file, rows, attendance);
  return { path: file.path, name: file.name, rows: facts.records, findLines };
}

function renderScan(
  files: readonly TableFile[],
  names: readonly string[],
  surveyed: readonly Surveyed[],
  types: ReadonlyMap<string, string>,
): string {
  const columns = names
    .map((name) => `${quoteLiteral(name)}: ${quoteLiteral(types.get(name) ?? 'VARCHAR')}`)
    .join(', ');
  const { delimiter = ',', nullValues = [] } = files[0]?.csv ?? {};
  const missing = [...new Set(['', ...nullValues])].map(quoteLiteral).join(', ');
  const ending = surveyed.find(({ facts }) => facts.ending !== undefined)?.facts.ending;
  const options = [
    'auto_detect = false, header = true, strict_mode = true, null_padding = false, ignore_errors = false',
    `delim = ${quoteLiteral(delimiter)}, quote = '"', escape = '"', comment = ''`,
    `nullstr = [${missing}], allow_quoted_nulls = false`,
    "encoding = 'utf-8', compression = 'none', hive_partitioning = false",
    ...renderLineEnding(ending),
    ...renderLineLimit(Math.max(...surveyed.map(({ facts }) => facts.longest))),
    `columns = {${columns}}`,
  ];
  return `read_csv(${renderPaths(files)}, ${options.join(', ')})`;
}

/** Detection fails where a quoted value has another kind of line break; naming CRLF, though, breaks the reader (1.5.5). */
function renderLineEnding(ending: CsvFacts['ending']): string[] {
  if (ending === '\n') return ["new_line = '\\n'"];
  if (ending === '\r') return ["new_line = '\\r'"];
  return [];
}
