import type { Engine } from '../../engine/connection.ts';
import type { Range } from './frames.ts';
import type { Base } from './variables.ts';

/** A table of rows: `joined`, or one of queries. */
export interface Relation {
  readonly name: string;
  /** Whether its column `weight` says how much a row counts. Rows with the weight 0 do not count. */
  readonly weighted: boolean;
  /** Whether the rows with the same `cluster` are one unit. */
  readonly clustered: boolean;
}

/** What the numbers of some rows lie between, by the places of the bases. */
export interface RangeCell {
  /** The values of the columns that the rows are parted by. */
  readonly values: readonly string[];
  readonly rows: number;
  /** Rows that lack the number. */
  readonly lacking: readonly number[];
  /** Of the rows that have it; from 0 to 0 where none has. */
  readonly ranges: readonly Range[];
  /** The greatest weight; 1 without weights. */
  readonly weight: number;
}

/** SQL for the rows that count. */
export function renderCounting({ weighted }: Relation): string {
  return weighted ? 'WHERE weight > 0' : '';
}

/** SQL select items for the values of the columns, and how they are read. */
export function renderValues(columns: readonly string[]): string[] {
  return columns.map((column, at) => `${column} AS value_${at}`);
}

export function readValues(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string[] {
  return columns.map((_, at) => String(row[`value_${at}`]));
}

/** The ranges of the rows with each combination of the columns' values; at most `most` combinations. */
export async function fetchRanges(
  engine: Engine,
  relation: Relation,
  columns: readonly string[],
  bases: readonly Base[],
  most: number,
): Promise<RangeCell[]> {
  const items = [
    ...columns.map((_, at) => `value_${at}`),
    'count(*) AS n',
    `${relation.weighted ? 'max(weight)' : '1.0::DOUBLE'} AS weight`,
    ...bases.flatMap((_, at) => [
      `min(b_${at}) AS low_${at}`,
      `max(b_${at}) AS high_${at}`,
      `count(b_${at}) AS known_${at}`,
    ]),
  ];
  const numbers = [
    ...renderValues(columns),
    ...(relation.weighted ? ['weight'] : []),
    ...bases.map(({ sql }, at) => `${sql} AS b_${at}`),
  ];
  const rows = await engine.rows<Record<string, number>>(
    `SELECT ${items.join(', ')} FROM (SELECT ${numbers.join(', ')} FROM ${relation.name} ${renderCounting(relation)})
     GROUP BY ALL LIMIT ${most}`,
  );
  return rows
    .filter(({ n }) => n !== 0)
    .map((row) => ({
      values: readValues(row, columns),
      rows: row['n'] ?? 0,
      weight: row['weight'] ?? 1,
      lacking: bases.map((_, at) => (row['n'] ?? 0) - (row[`known_${at}`] ?? 0)),
      ranges: bases.map((_, at) => ({ low: row[`low_${at}`] ?? 0, high: row[`high_${at}`] ?? 0 })),
    }));
}
