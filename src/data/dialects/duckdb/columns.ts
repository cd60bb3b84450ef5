import { quoteIdentifier } from '../../../engine/sql.ts';
import type { Column, Table } from '../../../engine/table.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { describeNative } from './native-columns.ts';
import { describeText } from './text-columns.ts';

/** Describes a column of a table as it is promised; where no type is, of the type that a parquet file declares. */
export function describeColumn(table: Table, column: Column, reading: Reading): ColumnSql {
  const name = quoteIdentifier(column.name);
  if (table.format === 'parquet') return describeNative(name, column.type, reading);
  return describeText(name, reading, { json: table.typeOf?.(column.name) });
}
