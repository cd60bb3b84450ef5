import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { messageOf, UserMistake } from '../errors.ts';
import type { Engine } from './connection.ts';
import { readCsv } from './csv-table.ts';
import { readJsonl } from './jsonl-table.ts';
import { readParquet } from './parquet-table.ts';
import type { Format, Table, TableFile } from './table.ts';

export type { Column, Format, Table, TableFile } from './table.ts';

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
 * Opens a file as a relation, after checking that it can be read in one way only. The engine must have been opened with
 * this file's path among its files. Throws UserMistake with every problem that it shows: line numbers of rows with too
 * few or too many values, quotes that are not closed, bytes that are not UTF-8, lines that are not JSON objects, names
 * of columns that are empty, doubled or reserved, an empty file.
 */
export async function readTable(engine: Engine, file: TableFile): Promise<Table> {
  // The engine takes these as patterns, in folder names too, and there is no way to escape them for it.
  const pattern = /[*?[]/.exec(file.path)?.[0];
  if (pattern !== undefined) {
    throw new UserMistake({
      file: file.name,
      found: `the path of this file (${file.path}) has a ${pattern} in it, which could stand for other files`,
      fix: 'Rename the file or the folder so that its path has none of * ? [ in it.',
    });
  }
  await requireFile(file);
  if (file.format === 'csv') return readCsv(engine, file);
  if (file.format === 'jsonl') return readJsonl(engine, file);
  return readParquet(engine, file);
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
