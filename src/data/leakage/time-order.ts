import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { ROW_COLUMN } from '../../engine/table.ts';
import { findOrders, type OrderedColumn } from '../crosswise/reading.ts';
import type { CrossResult, CrossRunner } from '../crosswise/scene.ts';
import { promiseOf } from '../crosswise/shared-column.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { shorten } from '../findings/findings.ts';
import { placeExamples } from '../findings/places.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName, showName } from '../naming.ts';
import { MAX_SHOWN } from '../scan/offenders.ts';

/** One side of the comparison: its column, and what is compared. */
interface Side {
  readonly dataset: CheckedDataset;
  readonly sql: OrderedColumn['sql'];
  readonly ordinal: string;
  readonly hidden: boolean;
}

/** The newest of the data set before. */
const NEWEST = 'time_order_newest';

/**
 * Compares the newest instant of one data set with the oldest of another, which must come later: equal instants fail. Where
 * one of the columns holds dates and the other timestamps, days in UTC are compared.
 */
export const runTimeOrder: CrossRunner<'time-order'> = async ({ engine, find }, { before, after, on }) => {
  const datasets = [find(before), find(after)] as const;
  const [a, b] = datasets.map(({ source }) => showName(source.name));
  const base = {
    text: `every ${showName(on)} of ${b} comes after all of ${a}`,
    rule: 'time-order',
    column: on,
    count: 0,
    share: 0,
    examples: [],
  };
  const sides = await readSides(engine, datasets, on);
  if (typeof sides === 'string') return [{ ...base, outcome: 'cannot-measure', reason: sides }];
  return [{ ...base, ...(await compareSides(engine, sides, on)) }];
};

/** Both sides on one scale, or why there is none. */
async function readSides(
  engine: Engine,
  datasets: readonly [CheckedDataset, CheckedDataset],
  on: string,
): Promise<readonly [Side, Side] | string> {
  const found: { dataset: CheckedDataset; order: OrderedColumn; hidden: boolean }[] = [];
  for (const dataset of datasets) {
    const name = showName(dataset.source.name);
    const column = dataset.table.columns.find((candidate) => candidate.name === on);
    if (!column) return `${name} has no column ${quoteName(on)}`;
    if (dataset.table.rows === 0) return `${name} has no rows`;
    const [order] = await findOrders(engine, dataset, [column]);
    if (typeof order === 'string')
      return `${showName(on)} of ${name} is of the type ${order}, which has no order in time`;
    if (order === null) return `${showName(on)} of ${name} has no values`;
    if (!order)
      return `not all values of ${showName(on)} of ${name} are dates, not all timestamps, and not all numbers`;
    found.push({ dataset, order, hidden: !dataset.showValues || promiseOf(dataset, column)?.sensitive === true });
  }
  const types = found.map(({ order }) => order.type);
  const areNumbers = types.map((type) => type === 'integer' || type === 'number');
  if (areNumbers[0] !== areNumbers[1]) {
    return `${showName(on)} is of the type ${types[0]} in ${showName(datasets[0].source.name)} and ${types[1]} in ${showName(datasets[1].source.name)}`;
  }
  const [first, second] = found.map(({ dataset, order, hidden }) => ({
    dataset,
    sql: order.sql,
    ordinal: renderOrdinal(order, types),
    hidden,
  }));
  if (!first || !second) throw new Error('two data sets are compared');
  return [first, second];
}

/** On the scale of both types: integers, doubles, microseconds, or days where one side has no more. */
function renderOrdinal({ type, sql }: OrderedColumn, types: readonly string[]): string {
  if (types.includes('number')) return `cast(${sql.ordinal} as double)`;
  return types.includes('date') && type === 'timestamp' ? `cast(make_timestamp(${sql.ordinal}) as date)` : sql.ordinal;
}

async function compareSides(
  engine: Engine,
  [first, second]: readonly [Side, Side],
  on: string,
): Promise<Pick<CrossResult, 'outcome' | 'reason'> & Partial<CrossResult>> {
  const [a, b] = [first, second].map(({ dataset }) => showName(dataset.source.name));
  await engine.run(
    `create or replace temp table ${NEWEST} as
     select max(o) as o, arg_max(shown, o) as shown, count(*) filter (where o is null) as without
     from (select ${first.ordinal} as o, left(${first.sql.text}, ${MAX_SHOWN}) as shown from ${first.dataset.table.relation})`,
  );
  const [row] = await engine.rows<Extremes>(
    `select count(*) filter (where s.o <= n.o) as early, count(*) filter (where s.o is null) as "withoutSecond",
       any_value(n.without) as "withoutFirst", any_value(n.shown) as newest, arg_min(s.shown, s.o) as oldest
     from (select ${second.ordinal} as o, left(${second.sql.text}, ${MAX_SHOWN}) as shown from ${second.dataset.table.relation}) as s,
       ${NEWEST} as n`,
  );
  if (!row) throw new Error('an aggregate without a row');
  const examples = row.early > 0 ? await findEarly(engine, second) : [];
  await engine.run(`drop table ${NEWEST}`);
  const show = (value: string | null, hidden: boolean) => (hidden || value === null ? '' : ` (${shorten(value)})`);
  const [newest, oldest] = [show(row.newest, first.hidden), show(row.oldest, second.hidden)];
  const { rows } = second.dataset.table;
  const total = countOf(rows, 'row');
  if (row.early > 0) {
    const reason = `${row.early} of ${total} of ${b} ${row.early === 1 ? 'comes' : 'come'} no later than the newest of ${a}${newest}; the oldest of ${b}${oldest} is too early`;
    return { outcome: 'fail', count: row.early, share: row.early / rows, reason, examples };
  }
  const without = [row.withoutFirst, row.withoutSecond].flatMap((n, side) =>
    n > 0
      ? [
          `${countOf(n, 'row')} of ${[a, b][side] ?? ''} ${n === 1 ? 'has' : 'have'} no value in ${showName(on)} that can be compared`,
        ]
      : [],
  );
  if (without.length > 0) return { outcome: 'cannot-measure', reason: without.join('; ') };
  return {
    outcome: 'pass',
    reason: `the newest of ${a}${newest} comes before the oldest of ${b}${oldest}; ${total} of ${b} compared`,
  };
}

interface Extremes {
  readonly early: number;
  readonly withoutFirst: number;
  readonly withoutSecond: number;
  readonly newest: string | null;
  readonly oldest: string | null;
}

async function findEarly(engine: Engine, { dataset, ordinal, sql, hidden }: Side): Promise<CrossResult['examples']> {
  const found = await engine.rows<{ row: number; value: string }>(
    `select r as "row", s.shown as "value" from (
       select ${quoteIdentifier(ROW_COLUMN)} as r, ${ordinal} as o, left(${sql.text}, ${MAX_SHOWN + 1}) as shown
       from ${dataset.table.numbered}) as s, ${NEWEST} as n
     where s.o <= n.o order by r limit 5`,
  );
  return placeExamples(
    dataset,
    found.map(({ row, value }) => ({ row, ...(hidden ? {} : { value: shorten(value) }) })),
  );
}
