import type { Connection } from '../../engine/postgres/connection.ts';
import type { Answer } from '../../engine/sandbox.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import type { Table } from '../../engine/table.ts';
import { type BoundCheck, findColumn } from '../checks/binding.ts';
import type { CheckedType, Contract } from '../checks/checks.ts';
import { chooseDialect } from '../dialects/choice.ts';
import { findForbiddenSql } from './query-guard.ts';
import { askOr } from './refusals.ts';

/**
 * Asks the queries of a contract in the read-only transaction. They see the table by its names in the contract and that of the
 * data set, with columns of the types that the contract promises; a query whose plan reads anything else is not run.
 */
export async function askDatabase(
  connection: Connection,
  { table, name, promises }: { readonly table: Table; readonly name: string; readonly promises: Contract },
  checks: readonly BoundCheck[],
): Promise<ReadonlyMap<BoundCheck, Answer>> {
  const answers = new Map<BoundCheck, Answer>();
  const [first] = promises.tables;
  const aliases = [...new Set([...promises.tables, name])].map(quoteIdentifier);
  const view = renderView(table, promises);
  const named = aliases.map((alias, index) => `${alias} as (${index === 0 ? view : `select * from ${aliases[0]}`})`);
  for (const check of checks) {
    if (check.test.kind !== 'query' || first === undefined) continue;
    const sql = fillIn(check.test.sql, first, check.names[0]).replace(/;\s*$/, '');
    const forbidden = findForbiddenSql(sql);
    const query = `with ${named.join(', ')} select * from (\n${sql}\n) as asked limit 2`;
    answers.set(check, forbidden === undefined ? await ask(connection, query, table) : { fault: forbidden });
  }
  return answers;
}

async function ask(connection: Connection, query: string, table: Table): Promise<Answer> {
  const plan = await askOr<{ 'QUERY PLAN': string }>(connection, `explain (format json, verbose) ${query}`);
  if (typeof plan === 'string') return { fault: plan };
  const stranger = findStranger(JSON.parse(plan[0]?.['QUERY PLAN'] ?? '[]'), table.relation);
  if (stranger !== undefined) return { fault: stranger };
  const rows = await askOr(connection, query);
  if (typeof rows === 'string') return { fault: rows };
  const [row] = rows;
  if (rows.length !== 1 || !row) return { fault: rows.length === 0 ? 'it gives no row' : 'it gives several rows' };
  const values = Object.values(row);
  if (values.length !== 1) return { fault: `it gives ${values.length} columns` };
  const [value] = values;
  if (value === null || value === undefined) return { fault: 'it gives NULL' };
  const isNumber = /^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$/.test(value);
  return isNumber && Number.isFinite(Number(value))
    ? { number: Number(value) }
    : { fault: 'it gives no finite number' };
}

/** A relation of a plan, or of one of its parts, that is not the table itself. */
function findStranger(node: unknown, relation: string): string | undefined {
  if (Array.isArray(node)) return node.map((one) => findStranger(one, relation)).find((found) => found !== undefined);
  if (node === null || typeof node !== 'object') return undefined;
  const { 'Relation Name': name, Schema: schema } = node as Record<string, unknown>;
  // The parts of a partitioned table and the tables behind a view have names of their own, which cannot be told from others.
  const known = typeof name !== 'string' || `${quoteIdentifier(String(schema))}.${quoteIdentifier(name)}` === relation;
  if (!known) return 'it reads another table than this one, or this one is a view or has partitions';
  return Object.values(node)
    .map((one) => findStranger(one, relation))
    .find((found) => found !== undefined);
}

/** The placeholders of the standard: the table is `${object}` or `${table}`, the column `${property}` or `${column}`. */
function fillIn(sql: string, table: string, column: string | undefined): string {
  const named = sql.replaceAll(/[$][{](object|table|schema)[}]/g, () => quoteIdentifier(table));
  if (column === undefined) return named;
  return named.replaceAll(/[$][{](property|column)[}]/g, () => quoteIdentifier(column));
}

/** SQL types in which a query sees values; those of other types are as the table has them. */
const VIEWED: Partial<Readonly<Record<CheckedType, (ordinal: string) => string>>> = {
  integer: (ordinal) => ordinal,
  number: (ordinal) => ordinal,
  date: (ordinal) => ordinal,
  boolean: (ordinal) => ordinal,
  timestamp: (ordinal) => `(timestamp '1970-01-01' + (${ordinal}) * interval '1 microsecond')`,
};

function renderView(table: Table, promises: Contract): string {
  const dialect = chooseDialect(table);
  const columns = table.columns.map((column) => {
    const promised = promises.columns.find((one) => findColumn(table, one) === column);
    const name = quoteIdentifier(column.name);
    const view = promised?.type && VIEWED[promised.type];
    const { ordinal } = promised ? dialect.describeColumn(table, column, promised) : { ordinal: name };
    return view && ordinal !== 'null' ? `${view(ordinal)} as ${name}` : name;
  });
  return `select ${columns.join(', ')} from ${table.relation}`;
}
