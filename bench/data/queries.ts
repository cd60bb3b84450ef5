import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { COUNTRIES, type Format, STATES, TYPES } from './files.ts';

const list = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const count = (condition: string) => (table: string) => `SELECT count(*) FILTER (WHERE ${condition}) FROM ${table}`;

/** The 33 checks as somebody writes them who asks one question at a time, over columns that DuckDB gives their types. */
const QUERIES: readonly ((table: string, customers: string) => string)[] = [
  ...Object.keys(TYPES).map((name) => count(`${name} IS NULL`)),
  ...['quantity < 1', 'quantity > 20', 'price < 0', 'price > 10000', 'score < 0', 'score > 1'].map(count),
  count(`ordered < date '2024-01-01'`),
  count(`NOT regexp_matches(email, '^[^@ ]+@[^@ ]+[.][a-z]+$')`),
  count(`NOT regexp_matches(sku, '^[A-Z0-9]{3}-[0-9]{4}$')`),
  count(`country NOT IN (${list(COUNTRIES)})`),
  count(`status NOT IN (${list(STATES)})`),
  // What a type check is, where the reader already refuses other types.
  ...['quantity', 'price', 'score', 'age', 'ordered', 'updated', 'customer'].map((name) =>
    count(`${name} IS NOT NULL`),
  ),
  (table) => `SELECT count(*) - count(DISTINCT id) FROM ${table}`,
  (table) => `SELECT count(*) - count(DISTINCT email) FROM ${table}`,
  (table, customers) =>
    `SELECT count(*) FROM ${table} AS o WHERE NOT EXISTS (SELECT 1 FROM ${customers} AS c WHERE c.id = o.customer)`,
];

function read(folder: string, name: string, format: Format): string {
  const path = join(folder, `${name}.${format}`);
  if (format === 'parquet') return `read_parquet('${path}')`;
  const types = name === 'orders' ? TYPES : { id: 'BIGINT', name: 'VARCHAR' };
  const columns = Object.entries(types).map(([column, type]) => `'${column}': '${type}'`);
  return `read_csv('${path}', auto_detect = false, header = true, delim = ',', columns = {${columns.join(', ')}})`;
}

async function run(queries: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const query of queries) await connection.run(query);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** DuckDB's own scan of the orders with their types: every value is read, and nothing is asked of it but to be there. */
export async function scanOrders(folder: string, format: Format): Promise<number> {
  const counts = Object.keys(TYPES).map((name) => `count(${name})`);
  await run([`SELECT ${counts.join(', ')} FROM ${read(folder, 'orders', format)}`]);
  return 1;
}

/** The same checks one query after another. */
export async function askSeparately(folder: string, format: Format): Promise<number> {
  await run(QUERIES.map((render) => render(read(folder, 'orders', format), read(folder, 'customers', format))));
  return QUERIES.length;
}
