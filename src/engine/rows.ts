import type { Table } from './table.ts';

/** Where a record stands. */
export interface RowPlace {
  /** Which of the table's files, from 0. */
  readonly part: number;
  /** The number of the record in that file, from 1. */
  readonly row: number;
  /** The line of a text file on which the record begins, from 1. */
  readonly line?: number;
}

/** Finds records by their `"__row"`. CSV files with line breaks in values are read once more, as far as needed. */
export async function locateRows(table: Table, rows: readonly number[]): Promise<ReadonlyMap<number, RowPlace>> {
  const places = new Map<number, RowPlace>();
  let before = 0;
  for (const [part, file] of table.files.entries()) {
    const start = before;
    const own = rows.filter((row) => row > start && row <= start + file.rows).map((row) => row - start);
    const lines = own.length > 0 ? await file.findLines?.(own) : undefined;
    for (const row of own) {
      const line = lines?.get(row);
      places.set(start + row, { part, row, ...(line === undefined ? {} : { line }) });
    }
    before += file.rows;
  }
  return places;
}
