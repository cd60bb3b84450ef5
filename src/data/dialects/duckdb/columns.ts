import { quoteIdentifier } from '../../../engine/sql.ts';
import type { Column, Table } from '../../../engine/table.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { describeValue } from './nested-values.ts';
import { describeText } from './text-columns.ts';

/**
 * Describes a column of a table as it is promised; where no type is, of the type that a parquet file declares. Columns of
 * text files may be read as other types than text, too: whether their values are there is asked of the engine, since what
 * nobody asks for is not read, and a value that is none must be seen.
 */
export function describeColumn(table: Table, column: Column, reading: Reading): ColumnSql {
  const name = quoteIdentifier(column.name);
  if (table.format === 'parquet' || column.type !== 'VARCHAR')
    return describeValue({ sql: name, native: column.type }, reading);
  const writing = table.writings?.get(column.name);
  const described = describeText(name, reading, {
    json: table.typeOf?.(column.name),
    isWordy: writing?.isWordy ?? false,
  });
  return writing?.isFilled ? { ...described, present: 'true' } : described;
}
