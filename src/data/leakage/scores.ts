import type { Engine } from '../../engine/connection.ts';
import { computeCorrelationRatio, computeLambda, computeSpearman, countTold } from './association.ts';
import { countByIntervals } from './intervals.ts';
import { type Label, MIN_GROUP, MIN_ROWS, ROWS } from './table.ts';

/** How well one column tells the label, 0 (not at all) to 1 (perfectly), and by what. */
export interface Score {
  readonly score: number;
  readonly method: string;
  /** Rows with a value, and different values. */
  readonly values: number;
}

/** Steps of an ordered column that are looked at; beyond, values are gathered in bins of as many rows each. */
const MAX_STEPS = 1_000_000;

/** The best of the ways in which the column at `index` of the loaded ones may tell the label. */
export async function scoreColumn(engine: Engine, label: Label, index: number, isOrdered: boolean): Promise<Score> {
  const [counted] = await engine.rows<{ n: number }>(`select count(t${index}) as n from ${ROWS}`);
  const values = counted?.n ?? 0;
  const scores =
    label.kind === 'classes'
      ? [
          await scoreByValues(engine, label, index),
          ...(isOrdered ? [await scoreByThresholds(engine, label, index)] : []),
        ]
      : [await scoreByGroups(engine, index), ...(isOrdered ? [await scoreByRank(engine, index)] : [])];
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return { ...best, values };
}

type Part = Pick<Score, 'score' | 'method'>;

/**
 * SQL of the groups of a column: one of each value that five rows or more have, one of all rarer values together, and one
 * of no value. So identifiers are one group, which tells nothing, and a text that stands only beside one label does.
 */
function renderGroups(index: number): string {
  return `(select y, kind, case when kind = 1 then t${index} end as value from (
    select y, t${index}, case when t${index} is null then 0
      when count(*) over (partition by t${index}) >= ${MIN_GROUP} then 1 else 2 end as kind from ${ROWS}))`;
}

async function scoreByValues(engine: Engine, { rows, classes: [commonest = 0] }: Label, index: number): Promise<Part> {
  // A group tells by its two commonest classes alone.
  const [row] = await engine.rows<{ told: number }>(
    `select coalesce(sum(case when tops[1] > 1 and tops[1] - 1 > coalesce(tops[2], 0) then tops[1] else 0 end), 0) :: bigint as told
     from (select max(n, 2) as tops from (select kind, value, y, count(*) as n from ${renderGroups(index)} group by all)
       group by kind, value)`,
  );
  return { score: computeLambda(row?.told ?? 0, commonest, rows), method: 'lambda by values' };
}

async function scoreByThresholds(engine: Engine, { rows, classes }: Label, index: number): Promise<Part> {
  const value = rows > MAX_STEPS ? `((rank() over (order by x${index}) - 1) * ${MAX_STEPS} // ${rows})` : `x${index}`;
  const [values, places, counts] = await engine.numbers(
    `select cast(v as double), cast(y as double), cast(count(*) as double)
     from (select ${value} as v, y from ${ROWS} where x${index} is not null) group by v, y order by v, y`,
  );
  if (!values || !places || !counts) throw new Error('three columns were asked for');
  const none = await engine.rows<{ n: number }>(
    `select count(*) as n from ${ROWS} where x${index} is null group by y order by n desc limit 2`,
  );
  const told =
    countByIntervals({ values, classes: places, counts }, classes.length) + countTold(none.map(({ n }) => n));
  return { score: computeLambda(told, classes[0] ?? 0, rows), method: 'lambda by thresholds' };
}

async function scoreByGroups(engine: Engine, index: number): Promise<Part> {
  const groups = await engine.rows<{ n: number; sum: number }>(
    `select count(*) as n, cast(sum(y) as double) as sum from ${renderGroups(index)} group by kind, value order by kind, value`,
  );
  const [row] = await engine.rows<{ squares: number }>(
    `select cast(sum(y :: hugeint * y :: hugeint) as double) as squares from ${ROWS}`,
  );
  return { score: computeCorrelationRatio(groups, row?.squares ?? 0), method: 'correlation ratio of ranks' };
}

async function scoreByRank(engine: Engine, index: number): Promise<Part> {
  const ranked = (column: string) =>
    `(2 * rank() over (order by ${column}) + count(*) over (partition by ${column}) - 1) :: hugeint`;
  const [sums] = await engine.rows<Record<'n' | 'a' | 'b' | 'aa' | 'ab' | 'bb', string>>(
    `select ${['n', 'a', 'b', 'aa', 'ab', 'bb'].map((name) => `${SUMS[name] ?? ''} :: varchar as ${name}`).join(', ')}
     from (select ${ranked(`x${index}`)} as p, ${ranked('y')} as q from ${ROWS} where x${index} is not null)`,
  );
  if (!sums || BigInt(sums.n) < MIN_ROWS) return { score: 0, method: 'Spearman’s rank correlation' };
  const [n, a, b, aa, ab, bb] = [sums.n, sums.a, sums.b, sums.aa, sums.ab, sums.bb].map(BigInt);
  const rho = computeSpearman({ n, a, b, aa, ab, bb } as Parameters<typeof computeSpearman>[0]);
  return { score: Math.abs(rho), method: 'Spearman’s rank correlation' };
}

const SUMS: Readonly<Record<string, string>> = {
  n: 'count(*)',
  a: 'coalesce(sum(p), 0)',
  b: 'coalesce(sum(q), 0)',
  aa: 'coalesce(sum(p * p), 0)',
  ab: 'coalesce(sum(p * q), 0)',
  bb: 'coalesce(sum(q * q), 0)',
};
