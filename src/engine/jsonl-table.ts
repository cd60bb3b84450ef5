import { UserMistake } from '../errors.ts';
import { findNameProblems } from './column-names.ts';
import type { Engine } from './connection.ts';
import { EncodingCheck, readChunks, withoutMark } from './encoding.ts';
import { FaultList } from './fault-list.ts';
import { refuseForeign } from './foreign-content.ts';
import { countObjects, readKeys } from './jsonl-content.ts';
import { JsonlScanner } from './jsonl-scanner.ts';
import { refuseEndless, refuseLongest, renderLineLimit } from './line-limit.ts';
import type { Attendance } from './pace.ts';
import { addPartitions, listPartitions, renderPaths } from './partitions.ts';
import { quoteIdentifier, quoteLiteral } from './sql.ts';
import { type Column, JSON_COLUMN, ROW_COLUMN, type Table, type TableFile, type TablePart } from './table.ts';

/**
 * Opens JSONL files: one JSON object a line, UTF-8. The engine reads lines as text and takes the values out of them,
 * because its typed reader turns the string "2" into a number and a broken line into an empty row.
 */
export async function readJsonl(engine: Engine, files: readonly TableFile[], attendance: Attendance): Promise<Table> {
  const parts: TablePart[] = [];
  let longest = 0;
  for (const file of files) {
    const scanner = await survey(file, attendance);
    longest = Math.max(longest, scanner.longest);
    parts.push({ path: file.path, name: file.name, rows: scanner.records, findLines: countLines });
  }
  const scan = renderScan(files, longest);
  const counted = await countObjects(engine, scan, parts);
  const expected = parts.reduce((sum, { rows }) => sum + rows, 0);
  // Two readers that disagree are a bug of one of them; no number may be built on that.
  if (counted !== expected) {
    throw new Error(`${parts[0]?.name}: ${expected} lines were found, and the engine reads ${counted}`);
  }
  const names = await readKeys(engine, scan, parts);
  const partitions = listPartitions(files);
  const place = { file: files[0]?.name ?? '' };
  const problems = findNameProblems([...names, ...partitions.map(({ name }) => name)], place);
  if (problems.length > 0) throw new UserMistake(problems);
  return {
    files: parts,
    format: 'jsonl',
    columns: [...names.map((name) => ({ name, type: 'VARCHAR' })), ...partitions],
    rows: expected,
    ...renderRelations(addPartitions(scan, files), names, partitions),
    typeOf: (column) =>
      partitions.some(({ name }) => name === column)
        ? `CASE WHEN ${quoteIdentifier(column)} IS NULL THEN 'NULL' ELSE 'VARCHAR' END`
        : `json_type("${JSON_COLUMN}", ${renderPointer(column)})`,
  };
}

/** A record is a line, and empty ones stand at the end only. */
async function countLines(rows: readonly number[]): Promise<ReadonlyMap<number, number>> {
  return new Map(rows.map((row) => [row, row]));
}

async function survey(file: TableFile, attendance: Attendance): Promise<JsonlScanner> {
  const faults = new FaultList();
  const [encoding, scanner] = [new EncodingCheck(faults), new JsonlScanner(faults)];
  let first = true;
  for await (const chunk of withoutMark(readChunks(file, attendance))) {
    if (first) refuseForeign(chunk, file);
    first = false;
    encoding.push(chunk);
    scanner.push(chunk);
    refuseEndless(scanner.open, file);
  }
  encoding.end();
  scanner.end();
  faults.throwIfAny(file.name);
  refuseLongest(scanner.longest, 'lines', file);
  if (scanner.records === 0) {
    throw new UserMistake({ file: file.name, found: 'this file is empty', fix: 'Write one JSON object on each line.' });
  }
  return scanner;
}

/** Every line as it is, in a column `line`; empty lines are NULL, and there are some only at the end. */
function renderScan(files: readonly TableFile[], longest: number): string {
  const options = [
    "auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', comment = '', nullstr = ''",
    "encoding = 'utf-8', compression = 'none', hive_partitioning = false",
    ...renderLineLimit(longest),
    "columns = {'line': 'VARCHAR'}",
  ];
  return `read_csv(${renderPaths(files)}, ${options.join(', ')})`;
}

function renderRelations(
  lines: string,
  names: readonly string[],
  partitions: readonly Column[],
): Pick<Table, 'relation' | 'numbered'> {
  const values = names.map((name) => `line ->> ${renderPointer(name)} AS ${quoteIdentifier(name)}`);
  const given = partitions.map(({ name }) => quoteIdentifier(name));
  const select = [...values, ...given, `line AS "${JSON_COLUMN}"`].join(', ');
  const numbered = `(SELECT row_number() OVER () AS "${ROW_COLUMN}", * FROM ${lines} WHERE line IS NOT NULL)`;
  return {
    relation: `(SELECT ${select} FROM ${lines} WHERE line IS NOT NULL)`,
    numbered: `(SELECT "${ROW_COLUMN}", ${select} FROM ${numbered})`,
  };
}

/** A key as a JSON Pointer (RFC 6901) in SQL. */
function renderPointer(key: string): string {
  return quoteLiteral(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
