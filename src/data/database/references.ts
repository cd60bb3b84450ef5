import type { DatasetConfig } from '../../config/schema/modelgate.ts';
import type { Connection } from '../../engine/postgres/connection.ts';
import { readDatabaseTable } from '../../engine/postgres/table.ts';
import { parseTableName } from '../../engine/postgres/table-name.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import type { Table } from '../../engine/table.ts';
import { UserMistake } from '../../errors.ts';
import type { BoundCheck } from '../checks/binding.ts';
import type { Contract, PromisedColumn } from '../checks/checks.ts';
import { chooseDialect } from '../dialects/choice.ts';
import { quoteName } from '../naming.ts';
import type { DatabaseReference } from './scan.ts';

interface Surroundings {
  readonly connection: Connection;
  readonly promises: Contract;
  /** The name of the table that refers, as modelgate.yml has it. */
  readonly own: string;
  /** Data sets of the same database, by their names. */
  readonly siblings: ReadonlyMap<string, DatasetConfig>;
}

/**
 * Finds where the references of some checks go: a data set of the same database, or a table of the same schema. A key is read
 * as the type that the column which refers is promised.
 */
export async function findDatabaseReferences(
  checks: readonly BoundCheck[],
  surroundings: Surroundings,
): Promise<Map<BoundCheck, DatabaseReference | string>> {
  const found = new Map<BoundCheck, DatabaseReference | string>();
  for (const check of checks) {
    if (check.test.kind === 'reference') found.set(check, await findTarget(check, check.test, surroundings));
  }
  return found;
}

async function findTarget(
  { properties }: BoundCheck,
  { table, to }: { readonly table: string; readonly to: readonly string[] },
  { connection, promises, own, siblings }: Surroundings,
): Promise<DatabaseReference | string> {
  const schema = parseTableName(own)?.schema ?? 'public';
  const near = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
  const name = promises.tables.includes(table) ? own : (siblings.get(table)?.table ?? near);
  const target = await openTarget(connection, name);
  if (typeof target === 'string') return `${quoteName(table)}: ${target}`;
  const readings = properties.map((property) => promises.columns.find((column) => column.property === property));
  const keys: string[] = [];
  for (const [index, wanted] of to.entries()) {
    const column = target.columns.find((one) => one.name === wanted);
    if (!column) return `${quoteName(table)} has no column ${quoteName(wanted)}`;
    keys.push(chooseDialect(target).describeColumn(target, column, readingOf(readings[index])).key);
  }
  return { relation: target.relation, to: keys };
}

function readingOf(promised: PromisedColumn | undefined) {
  const { type, zone } = promised ?? {};
  return { type, ...(zone === undefined ? {} : { zone }) };
}

async function openTarget(connection: Connection, name: string): Promise<Table | string> {
  try {
    return await readDatabaseTable(connection, name);
  } catch (error) {
    if (error instanceof UserMistake) return error.problems[0]?.found ?? 'it cannot be read';
    throw error;
  }
}
