import { UserMistake } from '../errors.ts';
import { findNameProblems } from './column-names.ts';
import type { Engine } from './connection.ts';
import { EncodingCheck, readChunks, withoutMark } from './encoding.ts';
import { FaultList } from './fault-list.ts';
import { countObjects, readKeys } from './jsonl-content.ts';
import { JsonlScanner } from './jsonl-scanner.ts';
import { renderLineLimit } from './line-limit.ts';
import { quoteIdentifier, quoteLiteral } from './sql.ts';
import { JSON_COLUMN, ROW_COLUMN, type Table, type TableFile } from './table.ts';

/**
 * Opens a JSONL file: one JSON object a line, UTF-8. The engine reads lines as text and takes the values out of them,
 * because its typed reader turns the string "2" into a number and a broken line into an empty row.
 */
export async function readJsonl(engine: Engine, file: TableFile): Promise<Table> {
  const scanner = await survey(file);
  const lines = renderScan(file.path, scanner.longest);
  const rows = await countObjects(engine, lines, file);
  // Two readers that disagree are a bug of one of them; no number may be built on that.
  if (rows !== scanner.records) {
    throw new Error(`${file.name}: ${scanner.records} lines were found, and the engine reads ${rows}`);
  }
  const names = await readKeys(engine, lines, file);
  const problems = findNameProblems(names, { file: file.name });
  if (problems.length > 0) throw new UserMistake(problems);
  return {
    path: file.path,
    format: 'jsonl',
    columns: names.map((name) => ({ name, type: 'VARCHAR' })),
    rows,
    ...renderRelations(lines, names),
    typeOf: (column) => `json_type("${JSON_COLUMN}", ${renderPointer(column)})`,
  };
}

async function survey(file: TableFile): Promise<JsonlScanner> {
  const faults = new FaultList();
  const [encoding, scanner] = [new EncodingCheck(faults), new JsonlScanner(faults)];
  for await (const chunk of withoutMark(readChunks(file))) {
    encoding.push(chunk);
    scanner.push(chunk);
  }
  encoding.end();
  scanner.end();
  faults.throwIfAny(file.name);
  if (scanner.records === 0) {
    throw new UserMistake({ file: file.name, found: 'this file is empty', fix: 'Write one JSON object on each line.' });
  }
  return scanner;
}

/** Every line as it is, in a column `line`; empty lines are NULL, and there are some only at the end. */
function renderScan(path: string, longest: number): string {
  const options = [
    "auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', comment = '', nullstr = ''",
    "encoding = 'utf-8', compression = 'none', hive_partitioning = false",
    ...renderLineLimit(longest),
    "columns = {'line': 'VARCHAR'}",
  ];
  return `read_csv(${quoteLiteral(path)}, ${options.join(', ')})`;
}

function renderRelations(lines: string, names: readonly string[]): Pick<Table, 'relation' | 'numbered'> {
  const values = names.map((name) => `line ->> ${renderPointer(name)} AS ${quoteIdentifier(name)}`);
  const select = `SELECT ${[...values, `line AS "${JSON_COLUMN}"`].join(', ')}`;
  const numbered = `(SELECT row_number() OVER () AS "${ROW_COLUMN}", line FROM ${lines})`;
  return {
    relation: `(${select} FROM ${lines} WHERE line IS NOT NULL)`,
    numbered: `(${select.replace('SELECT', `SELECT "${ROW_COLUMN}",`)} FROM ${numbered} WHERE line IS NOT NULL)`,
  };
}

/** A key as a JSON Pointer (RFC 6901) in SQL. */
function renderPointer(key: string): string {
  return quoteLiteral(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
