import type { Engine } from '../../engine/connection.ts';
import { computeCorrelationRatio, computeLambda, computeSpearman, countTold, type RankGroups } from './association.ts';
import { countByIntervals } from './intervals.ts';
import { COMMON, type Label, MIN_GROUP, MIN_ROWS, ROWS } from './table.ts';

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
  const [counted] = await engine.rows<{ values: number; ordered: number }>(
    `select count(t${index}) as "values", count(${isOrdered ? `x${index}` : 'null'}) as ordered from ${ROWS}`,
  );
  const { values = 0, ordered = 0 } = counted ?? {};
  const scores =
    label.kind === 'classes'
      ? [
          await scoreByValues(engine, label, index),
          ...(isOrdered ? [await scoreByThresholds(engine, label, index)] : []),
        ]
      : [await scoreByGroups(engine, index), ...(isOrdered ? [await scoreByRank(engine, label, index, ordered)] : [])];
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return { ...best, values };
}

type Part = Pick<Score, 'score' | 'method'>;

async function findCommon(engine: Engine, index: number): Promise<void> {
  await engine.run(
    `create or replace temp table ${COMMON} as select t${index} as value from ${ROWS}
     where t${index} is not null group by t${index} having count(*) >= ${MIN_GROUP}`,
  );
}

/**
 * SQL of the groups of a column with some aggregates of each: one group of each value that five rows or more have, one of all
 * rarer values together, and one of no value. So identifiers are one group, which tells nothing, and a text that stands only
 * beside one label does. `findCommon` must have been called; windows over all rows would hold them all in memory.
 */
function renderGroups(index: number, aggregates: string, by = ''): string {
  const [own, rest] = by === '' ? ['value', ''] : [`value, ${by}`, `group by ${by}`];
  const selected = `${by === '' ? '' : `${by}, `}${aggregates}`;
  const rows = `(select t${index} as value, y from ${ROWS})`;
  return `(select 1 as kind, value, ${selected} from ${rows} join ${COMMON} using (value) group by ${own}
    union all select 2, null, ${selected} from ${rows} as d anti join ${COMMON} using (value) where value is not null ${rest}
    union all select 0, null, ${selected} from ${rows} where value is null ${rest})`;
}

async function scoreByValues(engine: Engine, { rows, classes: [commonest = 0] }: Label, index: number): Promise<Part> {
  await findCommon(engine, index);
  // A group tells by its two commonest classes alone.
  const [row] = await engine.rows<{ told: number }>(
    `select coalesce(sum(case when tops[1] > 1 and tops[1] - 1 > coalesce(tops[2], 0) then tops[1] else 0 end), 0) :: bigint as told
     from (select max(n, 2) as tops from ${renderGroups(index, 'count(*) as n', 'y')} group by kind, value)`,
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
  await findCommon(engine, index);
  // In an order, because the last digits of a sum depend on it.
  const [groups] = await engine.rows<Omit<RankGroups, 'squares'>>(
    `select count(*) as "groups", coalesce(sum(n), 0) :: double as "rows", coalesce(sum(total), 0) :: double as "sum",
       coalesce(sum(total * total / n order by kind, value), 0) :: double as "between"
     from ${renderGroups(index, 'count(*) as n, cast(sum(y) as double) as total')} where n > 0`,
  );
  const [row] = await engine.rows<{ squares: number }>(
    `select cast(sum(y :: hugeint * y :: hugeint) as double) as squares from ${ROWS}`,
  );
  if (!groups) throw new Error('an aggregate without a row');
  const score = computeCorrelationRatio({ ...groups, squares: row?.squares ?? 0 });
  return { score, method: 'correlation ratio of ranks' };
}

/** Ranks are told of each different value and brought to the rows: windows over all rows would hold them all in memory. */
async function scoreByRank(engine: Engine, { rows }: Label, index: number, values: number): Promise<Part> {
  const rank = (column: string) =>
    `(select ${column}, (2 * sum(n) over (order by ${column}) - n + 1) :: hugeint as rank from
       (select ${column}, count(*) as n from ${ROWS} where x${index} is not null group by ${column}))`;
  const [p, q] = [rank(`x${index}`), rank('y')];
  // Where every row has a value, the label's own ranks are those of these rows.
  const second = values === rows ? ['y :: hugeint', ''] : ['q.rank', `join ${q} as q using (y)`];
  const [sums] = await engine.rows<Record<'n' | 'a' | 'b' | 'aa' | 'ab' | 'bb', string>>(
    `select ${['n', 'a', 'b', 'aa', 'ab', 'bb'].map((name) => `${SUMS[name] ?? ''} :: varchar as ${name}`).join(', ')}
     from (select p.rank as p, ${second[0]} as q from ${ROWS} join ${p} as p using (x${index}) ${second[1]})`,
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
