import { UserMistake } from '../errors.ts';
import type { TableFile } from './table.ts';

/** DuckDB's own limit of a line, in bytes. */
const DEFAULT_LIMIT = 2_097_152;

/** The longest record that is read, in bytes: the engine holds sixteen times as much at once. */
const MAX_RECORD = 16 * 1024 * 1024;

/** The options of `read_csv` that let it read a line of so many bytes; none where its own limit is enough. */
export function renderLineLimit(longest: number): string[] {
  // Room for the line's ending, and for the carriage return that the engine counts with the next line.
  const limit = longest + 16;
  return limit > DEFAULT_LIMIT ? [`max_line_size = ${limit}`] : [];
}

/** Throws UserMistake where a record that was begun has more bytes than are read. */
export function refuseEndless(open: { readonly length: number; readonly line: number }, file: TableFile): void {
  if (open.length <= MAX_RECORD) return;
  const found = `the record here does not end within ${MAX_RECORD / 1024 / 1024} MiB`;
  const fix =
    file.format === 'csv' ? 'A quote that is never closed can be the cause.' : 'Write one record on each line.';
  throw new UserMistake({ file: file.name, line: open.line, found, fix });
}

/** Throws UserMistake where one of the records, called by `noun`, has more bytes than are read. */
export function refuseLongest(longest: number, noun: 'lines' | 'records', file: TableFile): void {
  if (longest <= MAX_RECORD) return;
  const found = `one of its ${noun} is longer than ${MAX_RECORD / 1024 / 1024} MiB`;
  throw new UserMistake({ file: file.name, found, fix: 'Leave out the long value, or keep it in a file of its own.' });
}
