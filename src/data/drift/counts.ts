import type { Engine } from '../../engine/connection.ts';
import type { PairedCount } from '../../statistics/kolmogorov-smirnov.ts';
import { type ColumnSummary, DRIFT_TABLES } from './columns.ts';

/** More distinct numbers than this are gathered into as many bins of equal width. */
const MAX_DISTINCT = 100_000;

const BOTH = (column: string) =>
  DRIFT_TABLES.map(
    (table, index) =>
      `select ${column} as v, ${1 - index} as a, ${index} as b from ${table} where ${column} is not null`,
  ).join(' union all ');

/**
 * How often each number occurs in the two data sets, in ascending order. Beyond 100,000 distinct ones the middle 99.8 %
 * are gathered into bins, which moves a value by at most a hundred-thousandth of their span; the tails stay as they are.
 */
export async function countNumbers(
  engine: Engine,
  position: number,
  { distinct }: ColumnSummary,
): Promise<PairedCount[]> {
  const values = `(${BOTH(`n${position}`)})`;
  const few = distinct[0] + distinct[1] <= MAX_DISTINCT;
  const binned = few ? undefined : await renderBins(engine, values);
  return engine.rows<PairedCount>(
    `select ${binned ?? 'v'} as "value", cast(sum(a) as bigint) as "first", cast(sum(b) as bigint) as "second"
     from ${values} group by "value" order by "value"`,
  );
}

/** How often each text occurs in the two data sets, in the order of the texts. */
export async function countTexts(engine: Engine, position: number): Promise<{ first: number[]; second: number[] }> {
  const rows = await engine.rows<{ first: number; second: number }>(
    `select v, cast(sum(a) as bigint) as "first", cast(sum(b) as bigint) as "second"
     from (${BOTH(`t${position}`)}) group by v order by v`,
  );
  return { first: rows.map((row) => row.first), second: rows.map((row) => row.second) };
}

async function renderBins(engine: Engine, values: string): Promise<string> {
  const [row] = await engine.rows<{ low: number; high: number }>(
    `select quantile_disc(v, 0.001) as low, quantile_disc(v, 0.999) as high from ${values}`,
  );
  const { low, high } = row ?? { low: 0, high: 0 };
  const width = (high - low) / MAX_DISTINCT;
  if (!(width > 0) || !Number.isFinite(width)) return 'v';
  const [from, to, step] = [low, high, width].map((number) => `cast('${number}' as double)`);
  return `case when v between ${from} and ${to} then ${from} + (floor((v - ${from}) / ${step}) + 0.5) * ${step} else v end`;
}
