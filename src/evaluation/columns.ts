import { closest, distance } from 'fastest-levenshtein';
import { quoteIdentifier } from '../engine/sql.ts';
import type { Table } from '../engine/tables.ts';

/** A column that something of modelgate.yml names, and that thing. */
export interface WantedColumn {
  readonly key: string;
  readonly column: string;
}

/** At most so many columns of a file are listed in a reason. */
const MAX_LISTED = 20;

/** Which of the columns the table lacks, and what it has instead; undefined when it has them all. */
export function findMissingColumns(table: Table, file: string, wanted: readonly WantedColumn[]): string | undefined {
  const names = table.columns.map(({ name }) => name);
  const missing = wanted.filter(({ column }) => !names.includes(column));
  if (missing.length === 0) return undefined;
  const lacks = missing.map(({ key, column }) => `\`${column}\` (${key})${renderGuess(column, names)}`).join(', ');
  const rest = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : '';
  const has = names
    .slice(0, MAX_LISTED)
    .map((name) => `\`${name}\``)
    .join(', ');
  return `\`${file}\` has no column ${lacks}; it has ${has}${rest}`;
}

/** The column that was probably meant, as a question; empty when no name is near. */
function renderGuess(column: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const wanted = column.toLowerCase();
  const lowered = names.map((name) => name.toLowerCase());
  const nearest = closest(wanted, lowered);
  const most = Math.max(1, Math.min(3, Math.floor(nearest.length / 2)));
  return distance(wanted, nearest) <= most ? ` – did you mean \`${names[lowered.indexOf(nearest)]}\`?` : '';
}

/** SQL for a column's value as text: ids, classes and slices of both files are compared as text. */
export function renderText(column: string): string {
  return `CAST(${quoteIdentifier(column)} AS VARCHAR)`;
}

const NATIVE_NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;
/** Digits with at most one point and an exponent. SQL casts would also take `1_000`, ` 12 `, `0x1F` and `inf`. */
const NUMBER_PATTERN = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';
/** Beyond it squares of differences leave the range of doubles. */
const MAX_MAGNITUDE = '1e150';

/** SQL for a column's value as a DOUBLE; NULL for what is not a finite number of a size that can be squared. */
export function renderNumber(table: Table, column: string): string {
  const name = quoteIdentifier(column);
  const type = table.columns.find((entry) => entry.name === column)?.type ?? 'VARCHAR';
  const text = renderText(column);
  const value = NATIVE_NUMBER.test(type)
    ? `CAST(${name} AS DOUBLE)`
    : `CASE WHEN regexp_full_match(${text}, '${NUMBER_PATTERN}') THEN TRY_CAST(${text} AS DOUBLE) END`;
  return `CASE WHEN abs(${value}) <= ${MAX_MAGNITUDE} THEN ${value} END`;
}
