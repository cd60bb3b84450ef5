import type { Column, Table } from '../engine/table.ts';
import type { Check, Contract, PromisedColumn } from './checks.ts';
import { type ColumnSql, describeColumn } from './column-sql.ts';
import { renderViolation } from './violations.ts';

/** A check that knows the columns of a file. */
export interface BoundCheck extends Check {
  /** What the file calls the columns; what the contract calls those that it has not. */
  readonly names: readonly string[];
  /** The columns as SQL, in the order of `names`; empty when one is missing. */
  readonly columns: readonly ColumnSql[];
  /** DuckDB’s types of the columns. */
  readonly types: readonly string[];
  /** Names of the columns that the file has not. */
  readonly missing: readonly string[];
  /** The SQL condition of a row that breaks the check; undefined where that is not a matter of one row. */
  readonly violation: string | undefined;
  /** Values are shown nowhere. */
  readonly sensitive: boolean;
}

/** The column of a file that a contract means, by its exact name. */
export function findColumn(table: Table, promised: PromisedColumn): Column | undefined {
  const found = promised.names.map((name) => table.columns.find((column) => column.name === name));
  return found.find((column) => column !== undefined);
}

/** Brings a contract’s checks and a file’s columns together. */
export function bindChecks(contract: Contract, table: Table): BoundCheck[] {
  return contract.checks.map((check) => {
    const parts = check.properties.map((property) => {
      const promised = contract.columns.find((column) => column.property === property);
      if (!promised) throw new Error('a check names a property that the contract has not');
      return { promised, column: findColumn(table, promised) };
    });
    const names = parts.map(({ promised, column }) => column?.name ?? promised.names[0] ?? promised.property);
    const complete = parts.flatMap(({ promised, column }) => (column ? [{ promised, column }] : []));
    const columns = complete.map(({ promised, column }) => describeColumn(table, column, promised.type));
    const [only] = columns;
    const type = parts[0]?.promised.type;
    return {
      ...check,
      names,
      columns: complete.length === parts.length ? columns : [],
      types: complete.map(({ column }) => column.type),
      missing: names.filter((_, index) => parts[index]?.column === undefined),
      violation: only && complete.length === parts.length ? renderViolation(check.test, only, type) : undefined,
      sensitive: parts.some(({ promised }) => promised.sensitive),
    };
  });
}

/** The columns of a file that its contract says nothing about. */
export function listUndeclared(contract: Contract, table: Table): string[] {
  const declared = new Set(contract.columns.map((promised) => findColumn(table, promised)?.name));
  return table.columns.map(({ name }) => name).filter((name) => !declared.has(name));
}
