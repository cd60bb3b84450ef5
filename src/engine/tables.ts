import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { messageOf, UserMistake } from '../errors.ts';
import type { Engine } from './connection.ts';
import { readCsv } from './csv-table.ts';
import { watchTables } from './file-marks.ts';
import { readJsonl } from './jsonl-table.ts';
import { refusePattern } from './literal-paths.ts';
import { readParquet } from './parquet-table.ts';
import type { Format, ReadOptions, Table, TableFile } from './table.ts';

export type { Column, CsvOptions, Format, Table, TableFile, TablePart } from './table.ts';

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.parquet': 'parquet',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/** The format that a file's name promises, undefined for a name that promises none. */
export function detectFormat(path: string): Format | undefined {
  return EXTENSIONS[extname(path).toLowerCase()];
}

/**
 * Opens a file, or several of one format, as a relation, after checking that each can be read in one way only and that all
 * have the same columns. The engine must have been opened with their paths among its files. Throws UserMistake with every
 * problem that a file shows: line numbers of rows with too few or too many values, quotes that are not closed, bytes that
 * are not UTF-8, lines that are not JSON objects, names of columns that are empty, doubled or reserved, an empty file.
 */
export async function readTable(
  engine: Engine,
  given: TableFile | readonly TableFile[],
  options: ReadOptions = {},
): Promise<Table> {
  const files = 'path' in given ? [given] : given;
  const [first] = files;
  if (!first) throw new Error('a table without a file');
  for (const file of files) {
    refusePattern(file);
    await requireFile(file);
  }
  const requireUnchanged = await watchTables(files);
  try {
    if (first.format === 'csv') return await readCsv(engine, files, options);
    if (first.format === 'jsonl') return await readJsonl(engine, files, options);
    return await readParquet(engine, files);
  } catch (error) {
    if (!(error instanceof UserMistake)) await requireUnchanged();
    throw error;
  }
}

/** A pipe would never end, and a folder stands for all files in it. */
async function requireFile(file: TableFile): Promise<void> {
  let found: string | undefined;
  try {
    if (!(await stat(file.path)).isFile()) found = 'this is not a file';
  } catch (error) {
    found = `this cannot be read: ${messageOf(error)}`;
  }
  if (found !== undefined) throw new UserMistake({ file: file.name, found });
}
