import type { Column, Table } from '../../engine/table.ts';
import type { CheckedType, PromisedColumn, Test } from '../checks/checks.ts';

/** A column as SQL expressions over its table’s relation. All but `present` are NULL or false where the value is NULL. */
export interface ColumnSql {
  /** BOOLEAN: whether there is a value. */
  readonly present: string;
  /** The value as text, the same on every machine. */
  readonly text: string;
  /** What ranges compare: a whole number, a finite DOUBLE, a DATE, or microseconds since 1970 of a timestamp. NULL too where the value is none. */
  readonly ordinal: string;
  /** BOOLEAN: whether the value is of the type. */
  readonly valid: string;
  /** A text that is the same for equal values, however they are written: 1, 1.0 and 01 of a number. */
  readonly key: string;
}

/** The columns of a check that speaks of several, each as what its values are read. */
export type FindColumn = (property: string) => (ColumnSql & { readonly type: CheckedType | undefined }) | undefined;

/** As what a column is read. */
export type Reading = Pick<PromisedColumn, 'type' | 'format' | 'zone'>;

/** How the checks of a contract are said to one machine that holds tables. */
export interface Dialect {
  readonly name: 'duckdb' | 'postgres';
  /** Describes a column for values as they are promised; where no type is promised, of the type that the table declares. */
  describeColumn(table: Table, column: Column, promised: Reading): ColumnSql;
  /** The checked type that values of a native type belong to; undefined for those that no check reads. */
  findNativeType(native: string): CheckedType | undefined;
  /** The SQL condition of the rows that break a test; undefined for tests that no row breaks alone. */
  renderViolation(test: Test, column: ColumnSql, type: CheckedType | undefined, find: FindColumn): string | undefined;
}
