import type { Engine } from '../../engine/connection.ts';
import type { Column } from '../../engine/table.ts';
import { findOrders, isOrder, type OrderedColumn } from '../crosswise/reading.ts';
import { promiseOf } from '../crosswise/shared-column.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { chooseDialect } from '../dialects/choice.ts';

/**
 * The rows with a label: `y` its class from 0, or for a label of numbers its doubled mean rank from 2; `t0`, `t1`, … the values
 * of the columns as keys, `x0`, `x1`, … as DOUBLE where they are ordered.
 */
export const ROWS = 'leakage_rows';
const LABELS = 'leakage_labels';
/** The values of the column that is looked at that MIN_GROUP rows or more have. */
export const COMMON = 'leakage_common';

/** Fewer rows than this say nothing. */
export const MIN_ROWS = 30;
/** Fewer rows of a class, or of a value, than this say nothing of it. */
export const MIN_GROUP = 5;
/** Numbers with more different values than this are amounts and no classes. */
const MAX_CLASSES = 20;

/** What the label is, and how many rows are judged. */
export interface Label {
  readonly kind: 'classes' | 'amounts';
  /** Rows that are judged. */
  readonly rows: number;
  /** Of each class that is judged, the commonest first; empty for amounts. */
  readonly classes: readonly number[];
  /** Rows left out: without a label that can be read, and of classes with too few rows. */
  readonly without: number;
  readonly rare: number;
  /** SQL over the relation of the data set: the text that stands for the label in `LABELS`. */
  readonly key: string;
}

/** Reads the label. `task` is undefined where the configuration does not say it of this label. */
export async function readLabel(
  engine: Engine,
  dataset: CheckedDataset,
  column: Column,
  task: 'classes' | 'amounts' | undefined,
): Promise<Label> {
  const { table } = dataset;
  const [order] = task === 'classes' ? [] : await findOrders(engine, dataset, [column]);
  const ordered = isOrder(order) ? order : undefined;
  const promise = promiseOf(dataset, column);
  const sql = ordered?.sql ?? chooseDialect(table).describeColumn(table, column, { type: undefined, ...promise });
  const isAmount = ordered !== undefined && (task === 'amounts' || (await hasManyValues(engine, dataset, ordered)));
  const key = isAmount ? `cast(${toDouble(ordered)} as varchar)` : `case when ${sql.present} then ${sql.key} end`;
  await engine.run(
    `create or replace temp table ${LABELS} as
     select key, n, (${isAmount ? '2 * sum(n) over (order by amount) - n + 1' : 'row_number() over (order by n desc, key) - 1'}) :: bigint as y
     from (select ${key} as key, ${isAmount ? toDouble(ordered) : 'null'} as amount, count(*) as n from ${table.relation} group by all)
     where key is not null ${isAmount ? '' : `and n >= ${MIN_GROUP}`}`,
  );
  const counts = await engine.rows<{ n: number }>(
    isAmount ? `select coalesce(sum(n), 0) :: bigint as n from ${LABELS}` : `select n from ${LABELS} order by n desc`,
  );
  const [present] = await engine.rows<{ n: number }>(`select count(${key}) as n from ${table.relation}`);
  const rows = counts.reduce((total, { n }) => total + n, 0);
  const known = present?.n ?? 0;
  return {
    kind: isAmount ? 'amounts' : 'classes',
    rows,
    classes: isAmount ? [] : counts.map(({ n }) => n),
    without: table.rows - known,
    rare: known - rows,
    key,
  };
}

async function hasManyValues(engine: Engine, { table }: CheckedDataset, { sql }: OrderedColumn): Promise<boolean> {
  const [row] = await engine.rows<{ n: number }>(`select count(distinct ${sql.ordinal}) as n from ${table.relation}`);
  return (row?.n ?? 0) > MAX_CLASSES;
}

/** Loads some columns of the rows that are judged; says of each whether it is ordered. */
export async function loadColumns(
  engine: Engine,
  dataset: CheckedDataset,
  { key }: Label,
  columns: readonly Column[],
): Promise<boolean[]> {
  const { table } = dataset;
  const selected: string[] = [];
  const orders = await findOrders(engine, dataset, columns);
  for (const [index, column] of columns.entries()) {
    const order = orders[index];
    const promise = promiseOf(dataset, column);
    const sql = isOrder(order)
      ? order.sql
      : chooseDialect(table).describeColumn(table, column, { type: undefined, ...promise });
    selected.push(`case when ${sql.present} then ${sql.key} end as t${index}`);
    if (isOrder(order)) selected.push(`${toDouble(order)} as x${index}`);
  }
  await engine.run(
    `create or replace temp table ${ROWS} as select l.y, d.* exclude (leakage_key)
     from (select ${key} as leakage_key, ${selected.join(', ')} from ${table.relation}) as d
     join ${LABELS} as l on d.leakage_key = l.key`,
  );
  return orders.map(isOrder);
}

/** Days since 1970 for dates, microseconds for timestamps. */
function toDouble({ type, sql }: OrderedColumn): string {
  if (type === 'date') return `cast(date_diff('day', date '1970-01-01', ${sql.ordinal}) as double)`;
  return `cast(${sql.ordinal} as double)`;
}

/** Drops the tables that the functions above made. */
export async function dropTables(engine: Engine): Promise<void> {
  for (const table of [ROWS, LABELS, COMMON]) await engine.run(`drop table if exists ${table}`);
}
