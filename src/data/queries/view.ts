import { quoteIdentifier } from '../../engine/sql.ts';
import type { Table } from '../../engine/table.ts';
import { findColumn } from '../checks/binding.ts';
import type { CheckedType, Contract } from '../checks/checks.ts';
import { chooseDialect } from '../dialects/choice.ts';

/** SQL types in which a query sees values; those of other types are texts, as the file has them. */
const VIEWED: Partial<Readonly<Record<CheckedType, (ordinal: string) => string>>> = {
  integer: (ordinal) => ordinal,
  number: (ordinal) => ordinal,
  date: (ordinal) => ordinal,
  boolean: (ordinal) => ordinal,
  timestamp: (ordinal) => `make_timestamp(cast(${ordinal} as bigint))`,
};

/** The relation of a table with columns of the types that a contract promises. Instants are in UTC, without a zone. */
export function renderView(table: Table, promises: Contract): string {
  const dialect = chooseDialect(table);
  const columns = table.columns.map((column) => {
    const promised = promises.columns.find((one) => findColumn(table, one) === column);
    const name = quoteIdentifier(column.name);
    const view = promised?.type && VIEWED[promised.type];
    return view && promised ? `${view(dialect.describeColumn(table, column, promised).ordinal)} AS ${name}` : name;
  });
  return `(SELECT ${columns.join(', ')} FROM ${table.relation})`;
}
