import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export type Format = 'csv' | 'parquet';

export const COUNTRIES = 'DE FR GB US ES IT NL BE SE NO DK FI PL CZ AT CH PT IE GR HU'.split(' ');
export const STATES = ['new', 'paid', 'shipped', 'returned', 'cancelled'];

/** How many rows of the data one customer has, so that 10 million refer to 500,000. */
const ROWS_OF_A_CUSTOMER = 20;

/** The columns as DuckDB is told of them where it reads the types itself. */
export const TYPES: Readonly<Record<string, string>> = {
  id: 'VARCHAR',
  email: 'VARCHAR',
  sku: 'VARCHAR',
  country: 'VARCHAR',
  status: 'VARCHAR',
  quantity: 'INTEGER',
  price: 'DOUBLE',
  score: 'DOUBLE',
  age: 'INTEGER',
  ordered: 'DATE',
  updated: 'TIMESTAMP',
  customer: 'BIGINT',
};

/** Writes orders of 12 columns in both formats, and the customers that they name. The same for the same number of rows. */
export async function createFiles(folder: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const draw = (salt: number, of: number) => `hash(i, ${salt}) % ${of}`;
  const pick = (salt: number, values: readonly string[]) =>
    `list_extract([${values.map((value) => `'${value}'`).join(', ')}], cast(1 + ${draw(salt, values.length)} as int))`;
  const customers = Math.max(1, Math.floor(rows / ROWS_OF_A_CUSTOMER));
  // A step that shares no factor with a number of rows that is a power of ten.
  const orders = `SELECT 'u' || lpad(cast((i * 7919) % ${rows} as varchar), 9, '0') AS id,
    'user' || ${draw(1, rows)} || '@example' || ${draw(2, 50)} || '.org' AS email,
    upper(left(md5(cast(${draw(3, 5000)} as varchar)), 3)) || '-' || lpad(cast(${draw(4, 10_000)} as varchar), 4, '0') AS sku,
    ${pick(5, COUNTRIES)} AS country, ${pick(6, STATES)} AS status,
    cast(1 + ${draw(7, 20)} as int) AS quantity, cast((1 + ${draw(8, 999_999)}) / 100.0 as double) AS price,
    CASE WHEN ${draw(9, 20)} > 0 THEN cast((${draw(10, 1_000_003)}) / 1000003.0 as double) END AS score,
    cast(18 + ${draw(11, 70)} as int) AS age, date '2024-01-01' + cast(${draw(12, 730)} as int) AS ordered,
    timestamp '2024-01-01' + to_seconds(cast(${draw(13, 63_072_000)} as bigint)) AS updated,
    cast(${draw(14, customers)} as bigint) AS customer FROM range(${rows}) AS t(i)`;
  try {
    await connection.run(`COPY (${orders}) TO '${join(folder, 'orders.csv')}' (FORMAT csv, HEADER)`);
    await connection.run(`COPY (${orders}) TO '${join(folder, 'orders.parquet')}' (FORMAT parquet)`);
    const all = `SELECT i AS id, 'customer ' || i AS name FROM range(${customers}) AS t(i)`;
    await connection.run(`COPY (${all}) TO '${join(folder, 'customers.csv')}' (FORMAT csv, HEADER)`);
    await connection.run(`COPY (${all}) TO '${join(folder, 'customers.parquet')}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
