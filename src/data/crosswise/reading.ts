import type { Engine } from '../../engine/connection.ts';
import type { Column } from '../../engine/table.ts';
import type { CheckedType } from '../checks/checks.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { chooseDialect } from '../dialects/choice.ts';
import type { ColumnSql, Reading } from '../dialects/dialect.ts';
import { promiseOf } from './shared-column.ts';

/** A column with an order, as which type that is. */
export interface OrderedColumn {
  readonly type: CheckedType;
  readonly sql: ColumnSql;
}

/** Types whose values have an order; the stricter one first, for every integer is a number too. */
const ORDERED = ['integer', 'number', 'date', 'timestamp'] as const satisfies readonly CheckedType[];

/** The type that is known and has no order; undefined where none fits all values, and null where there is no value. */
export type Order = OrderedColumn | CheckedType | undefined | null;

/** Whether an order was found. */
export function isOrder(order: Order): order is OrderedColumn {
  return order !== null && typeof order === 'object';
}

/**
 * Finds as what columns are ordered: as their contract promises it or their file stores it, and where neither says so, by
 * the first type that all values are of, for which one scan of the data set asks for all of them.
 */
export async function findOrders(
  engine: Engine,
  dataset: CheckedDataset,
  columns: readonly Column[],
): Promise<Order[]> {
  const { table } = dataset;
  const dialect = chooseDialect(table);
  const known = columns.map((column) => findKnown(dataset, column));
  const tried = columns.map((column, index) =>
    known[index] === undefined
      ? ORDERED.map((type) => ({ type, sql: dialect.describeColumn(table, column, { type }) }))
      : [],
  );
  const counts = tried.flatMap((types, index) => [
    ...types.slice(0, 1).map(({ sql }) => `count(*) filter (where ${sql.present}) as n${index}`),
    ...types.map(
      ({ type, sql }) => `count(*) filter (where ${sql.present} and ${sql.ordinal} is not null) as ${type}${index}`,
    ),
  ]);
  const [row = {}] =
    counts.length === 0
      ? []
      : await engine.rows<Record<string, number>>(`select ${counts.join(', ')} from ${table.relation}`);
  return columns.map((_, index) => {
    const order = known[index];
    if (order !== undefined) return order;
    return row[`n${index}`] === 0
      ? null
      : tried[index]?.find(({ type }) => row[`${type}${index}`] === row[`n${index}`]);
  });
}

function findKnown(dataset: CheckedDataset, column: Column): OrderedColumn | CheckedType | undefined {
  const { table } = dataset;
  const dialect = chooseDialect(table);
  const promise = promiseOf(dataset, column);
  const type = promise?.type ?? (table.format === 'parquet' ? dialect.findNativeType(column.type) : undefined);
  if (type === undefined || !isOrdered(type)) return type;
  const reading: Reading = promise ? { ...promise, type } : { type };
  return { type, sql: dialect.describeColumn(table, column, reading) };
}

function isOrdered(type: CheckedType): boolean {
  return ORDERED.some((one) => one === type);
}
