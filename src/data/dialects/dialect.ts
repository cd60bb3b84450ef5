import type { Column, Table } from '../../engine/table.ts';
import type { CheckedType, Part, PromisedColumn, Test } from '../checks/checks.ts';

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
  /** Whether numbers are stored in 32 bits: then `ordinal` is 0.10000000149 of what was written as 0.1, as `text` has it. */
  readonly single?: boolean;
}

/** The columns of a check that speaks of several, each as what its values are read. */
export type FindColumn = (property: string) => (ColumnSql & { readonly type: CheckedType | undefined }) | undefined;

/** Gives the expressions of a column names, so that each is computed once. */
export type ShareColumn = (column: ColumnSql) => ColumnSql;

/** Something in the values of a column as SQL expressions over its table’s relation, for one test of it. */
export interface PartSql {
  /** Of several in one row, `text` is the first that breaks the test, and `present` says whether there is any. */
  readonly column: ColumnSql;
  /** BOOLEAN: the rows that the test can judge. */
  readonly judged: string;
  /** The SQL condition of the rows that break the test; undefined for tests that no row breaks alone. */
  readonly violation: string | undefined;
  /** The native type of the part. */
  readonly native: string;
}

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
  /** Describes something in the values of a column; not there where the machine cannot look into values. */
  readonly describePart?: (table: Table, column: Column, part: Part, test: Test, share: ShareColumn) => PartSql;
}
