import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { ROW_COLUMN, type Table } from '../../engine/table.ts';

/** The seed of the rows that are looked at: a constant, so that every run looks at the same ones. */
export const SEED = 1;
/** How many rows are looked at where the configuration does not say. */
export const DEFAULT_ROWS = 100_000;

const SAMPLE = 'privacy_sample';

/** Where rows are looked at: SQL to be written after FROM. The columns are `c0`, `c1`, … as text. */
export interface Rows {
  /** With the number of the row as `r`. */
  readonly numbered: string;
  /** Without it, which lets the engine read in parallel. */
  readonly relation: string;
  /** How many rows they are. */
  readonly count: number;
}

/** How many rows of a table are looked at: `wanted`, or all where it has no more. */
export function countPicked(rows: number, wanted: number | 'all'): number | 'all' {
  return wanted === 'all' || wanted >= rows ? 'all' : wanted;
}

const PRIME = 2 ** 31 - 1;

/**
 * SQL of the condition that picks `picked` of so many rows by their number `r`, from 1: one out of each of as many stretches
 * of equal length. Its place in the stretch is a quadratic congruence of the stretch's number and the seed (Knuth, The Art
 * of Computer Programming 2, 3.2.2). So the rows are spread over the whole file, exactly as many as were asked for, and
 * neither the number of threads nor the engine's own generator decides which they are.
 */
export function renderPick(rows: number, picked: number): string {
  const r = rows * picked > Number.MAX_SAFE_INTEGER ? 'cast(r as hugeint)' : 'r';
  const stretch = `((${r} * ${picked} - 1) // ${rows})`;
  const [from, to] = [`(${stretch} * ${rows} // ${picked})`, `((${stretch} + 1) * ${rows} // ${picked})`];
  const drawn = `((${stretch} * ${stretch} % ${PRIME}) * 48271 + ${stretch} * 69621 + ${SEED}) % ${PRIME}`;
  return `r - 1 = ${from} + ${drawn} % (${to} - ${from})`;
}

/** The picked rows of some columns, each as an SQL expression of its text; loaded once where they are a sample. */
export async function loadRows(
  engine: Engine,
  table: Table,
  picked: number | 'all',
  texts: readonly string[],
): Promise<Rows> {
  const columns = texts.map((text, index) => `${text} as c${index}`).join(', ');
  const numbered = `(select ${quoteIdentifier(ROW_COLUMN)} as r, ${columns} from ${table.numbered})`;
  if (picked === 'all') return { numbered, relation: `(select ${columns} from ${table.relation})`, count: table.rows };
  await engine.run(
    `create or replace temp table ${SAMPLE} as
     select * from ${numbered} where ${renderPick(table.rows, picked)}`,
  );
  return { numbered: SAMPLE, relation: SAMPLE, count: picked };
}

/** Drops what `loadRows` made. */
export async function dropRows(engine: Engine): Promise<void> {
  await engine.run(`drop table if exists ${SAMPLE}`);
}
