import type { EngineOptions } from '../../engine/connection.ts';
import { type Answer, openSandbox } from '../../engine/sandbox.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import type { Table } from '../../engine/table.ts';
import type { BoundCheck } from '../checks/binding.ts';
import type { Contract } from '../checks/checks.ts';
import { renderView } from './view.ts';

/** Milliseconds that one query of a contract may take. */
const TIMEOUT = 60_000;

/**
 * Asks the queries of a contract, each in a database that sees this table's files and nothing else. The table is there by
 * its names in the contract, and by the name of the data set; its columns have the types that the contract promises, and
 * NULL where a value is of another type. What a query came to is an answer or a fault, never an exception.
 */
export async function askQueries(
  options: Omit<EngineOptions, 'files'>,
  { table, name, promises }: { readonly table: Table; readonly name: string; readonly promises: Contract },
  checks: readonly BoundCheck[],
): Promise<ReadonlyMap<BoundCheck, Answer>> {
  const answers = new Map<BoundCheck, Answer>();
  const asked = checks.filter(({ test }) => test.kind === 'query');
  const [first] = promises.tables;
  if (asked.length === 0 || first === undefined) return answers;
  const sandbox = await openSandbox({ ...options, files: table.files.map(({ path }) => path) });
  try {
    const view = renderView(table, promises);
    for (const alias of new Set([...promises.tables, name])) await sandbox.name(alias, view);
    for (const check of asked) {
      if (check.test.kind !== 'query') continue;
      const [column] = check.names;
      answers.set(check, await sandbox.ask(fillIn(check.test.sql, first, column), TIMEOUT));
    }
    return answers;
  } finally {
    sandbox.close();
  }
}

/** The placeholders of the standard: the table is `${object}` or `${table}`, the column `${property}` or `${column}`. */
function fillIn(sql: string, table: string, column: string | undefined): string {
  const named = sql.replaceAll(/[$][{](object|table|schema)[}]/g, () => quoteIdentifier(table));
  if (column === undefined) return named;
  return named.replaceAll(/[$][{](property|column)[}]/g, () => quoteIdentifier(column));
}
