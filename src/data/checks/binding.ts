import type { Column, Table } from '../../engine/table.ts';
import { chooseDialect } from '../dialects/choice.ts';
import type { ColumnSql, FindColumn, ShareColumn } from '../dialects/dialect.ts';
import type { Check, CheckedType, Contract, PromisedColumn } from './checks.ts';
import { renderSteps } from './parts.ts';

/** A check that knows the columns of a file. */
export interface BoundCheck extends Check {
  /** What the file calls the columns; what the contract calls those that it has not. */
  readonly names: readonly string[];
  /** The columns as SQL, in the order of `names`; empty when one is missing. */
  readonly columns: readonly ColumnSql[];
  /** DuckDB’s types of the columns. */
  readonly types: readonly string[];
  /** As what the values of the first column are read: the type that is promised, or the one that the file declares. */
  readonly type: CheckedType | undefined;
  /** Names of the columns that the file has not. */
  readonly missing: readonly string[];
  /** The SQL condition of a row that breaks the check; undefined where that is not a matter of one row. */
  readonly violation: string | undefined;
  /** The SQL condition of the rows that can be judged, where those are not the rows with a value in the column. */
  readonly judged?: string;
  /** Values are shown nowhere. */
  readonly sensitive: boolean;
}

/** The column of a file that a contract means, by its exact name. */
export function findColumn(table: Table, promised: PromisedColumn): Column | undefined {
  const found = promised.names.map((name) => table.columns.find((column) => column.name === name));
  return found.find((column) => column !== undefined);
}

/** Brings a contract’s checks and a file’s columns together. `share` gives the names by which SQL says a column. */
export function bindChecks(contract: Contract, table: Table, share: ShareColumn = (column) => column): BoundCheck[] {
  const dialect = chooseDialect(table);
  const find: FindColumn = (property) => {
    const promised = contract.columns.find((column) => column.property === property);
    const column = promised && findColumn(table, promised);
    return column && { ...share(dialect.describeColumn(table, column, promised)), type: promised.type };
  };
  return contract.checks.map((check) => {
    const parts = check.properties.map((property) => {
      const promised = contract.columns.find((column) => column.property === property);
      if (!promised) throw new Error('a check names a property that the contract has not');
      return { promised, column: findColumn(table, promised) };
    });
    const names = parts.map(({ promised, column }) => column?.name ?? promised.names[0] ?? promised.property);
    const [part] = parts;
    if (check.part && part) return bindPart({ ...check, part: check.part }, table, part.promised, share);
    const complete = parts.flatMap(({ promised, column }) => (column ? [{ promised, column }] : []));
    const columns = complete.map(({ promised, column }) => share(dialect.describeColumn(table, column, promised)));
    const [only] = columns;
    const type = parts[0]?.promised.type;
    return {
      ...check,
      names,
      columns: complete.length === parts.length ? columns : [],
      types: complete.map(({ column }) => column.type),
      type: type ?? findStoredType(table, complete[0]?.column),
      missing: names.filter((_, index) => parts[index]?.column === undefined),
      violation:
        only && complete.length === parts.length ? dialect.renderViolation(check.test, only, type, find) : undefined,
      sensitive: parts.some(({ promised }) => promised.sensitive),
    };
  });
}

function bindPart(
  check: Check & Required<Pick<Check, 'part'>>,
  table: Table,
  promised: PromisedColumn,
  share: ShareColumn,
): BoundCheck {
  const column = findColumn(table, promised);
  const name = column?.name ?? promised.names[0] ?? promised.property;
  const sql = column && chooseDialect(table).describePart?.(table, column, check.part, check.test, share);
  return {
    ...check,
    names: [`${name}${renderSteps(check.part.steps)}`],
    columns: sql ? [sql.column] : [],
    types: sql ? [sql.native] : [],
    type: check.part.type,
    missing: column ? [] : [name],
    violation: sql?.violation,
    ...(sql ? { judged: sql.judged } : {}),
    sensitive: promised.sensitive || check.part.sensitive,
  };
}

/** The type that a file of typed columns declares for one. */
export function findStoredType(table: Table, column: Column | undefined): CheckedType | undefined {
  const typed = column !== undefined && (table.format === 'parquet' || table.format === 'postgres');
  return typed ? chooseDialect(table).findNativeType(column.type) : undefined;
}

/** The columns of a file that its contract says nothing about. */
export function listUndeclared(contract: Contract, table: Table): string[] {
  const declared = new Set(contract.columns.map((promised) => findColumn(table, promised)?.name));
  return table.columns.map(({ name }) => name).filter((name) => !declared.has(name));
}
