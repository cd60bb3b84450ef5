import type { Column } from '../../engine/table.ts';
import { findColumn } from '../checks/binding.ts';
import type { CheckedType, PromisedColumn } from '../checks/checks.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { chooseDialect } from '../dialects/choice.ts';
import type { ColumnSql } from '../dialects/dialect.ts';

/** One column of two data sets, read as the same type in both. */
export interface SharedColumn {
  readonly name: string;
  readonly first: ColumnSql;
  readonly second: ColumnSql;
  /** The type that a contract promises or a file declares; undefined where neither says. */
  readonly type: CheckedType | undefined;
  readonly sensitive: boolean;
}

/** Finds a column, by the name in the file, in two data sets; undefined when one of them has not got it. */
export function shareColumn(name: string, first: CheckedDataset, second: CheckedDataset): SharedColumn | undefined {
  const columns = [first, second].map(({ table }) => table.columns.find((column) => column.name === name));
  const [a, b] = columns;
  if (!a || !b) return undefined;
  const promises = [promiseOf(first, a), promiseOf(second, b)];
  const types = [
    ...promises.map((promise) => promise?.type),
    ...[a, b].map((column, index) => native(column, index, first, second)),
  ];
  const type = types.find((known) => known !== undefined);
  return {
    name,
    type,
    first: chooseDialect(first.table).describeColumn(first.table, a, { type }),
    second: chooseDialect(second.table).describeColumn(second.table, b, { type }),
    sensitive: promises.some((promise) => promise?.sensitive),
  };
}

/** A table, and the contract that speaks of it. */
export interface PromisedTable {
  readonly source: Pick<CheckedDataset['source'], 'contract'>;
  readonly table: CheckedDataset['table'];
}

/** The column as the data set’s contract promises it. */
export function promiseOf({ source, table }: PromisedTable, { name }: Column): PromisedColumn | undefined {
  return source.contract?.promises.columns.find((promised) => findColumn(table, promised)?.name === name);
}

function native(column: Column, index: number, first: CheckedDataset, second: CheckedDataset): CheckedType | undefined {
  const { table } = index === 0 ? first : second;
  return table.format === 'parquet' ? chooseDialect(table).findNativeType(column.type) : undefined;
}
