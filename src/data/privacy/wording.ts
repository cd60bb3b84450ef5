import { countOf } from '../findings/wording.ts';
import { showName } from '../naming.ts';
import type { ColumnReport } from './columns.ts';
import { MAX_FRAGMENTS } from './fragments.ts';
import { SEED } from './sample.ts';

/** A reason speaks of so many columns. */
const MAX_NAMED = 20;
/** Fewer rows than this may be no likeness of the rest. */
const FEW_ROWS = 30;

/** `email (e-mail addresses in 3 of 4 values, and its name says so)`. Never a value. */
export function describeColumn({ column, values, traces, left }: ColumnReport): string {
  const found = traces.flatMap(({ name, count }) =>
    name === undefined ? [] : [`${name} in ${left ? 'at least ' : ''}${count} of ${countOf(values, 'value')}`],
  );
  const named = traces.some(({ name }) => name === undefined);
  const says =
    found.length > 0
      ? 'its name says so'
      : `its name says what its ${countOf(values, 'value')} ${values === 1 ? 'is' : 'are'}`;
  const limit = left ? `it has more than ${MAX_FRAGMENTS} different pieces, and that many were looked at` : '';
  return `${showName(column)} (${[...found, named ? says : '', limit].filter(Boolean).join(', ')})`;
}

/** Several columns as a phrase, the first twenty by name. */
export function listColumns(columns: readonly string[]): string {
  const more = columns.length - MAX_NAMED;
  return [...columns.slice(0, MAX_NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** Which rows were looked at. */
export function describeRows(picked: number | 'all', rows: number): string {
  if (picked !== 'all') return `${picked} of ${countOf(rows, 'row')} looked at, spread evenly, by seed ${SEED}`;
  const few = rows < FEW_ROWS ? '; so few say little about others' : '';
  return `${rows === 1 ? 'the one row' : `all ${rows} rows`} looked at${few}`;
}
