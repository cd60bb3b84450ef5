import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quoteLiteral } from '../../src/engine/sql.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

/** Writes a query's rows with a DuckDB of no sandbox, as a user's own tool would. */
async function writeParquet(name: string, sql: string): Promise<string> {
  const path = join(workshop.folder, name);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${sql}) TO ${quoteLiteral(path)} (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  workshop.allow(path);
  return path;
}

test('columns have the names and types of the file', async () => {
  const sql = `SELECT 1::BIGINT AS id, 'x' AS "the text", 1.5::DOUBLE AS "__proto__", DATE '2024-01-02' AS d,
    [{'a': 1}] AS nested, true AS flag`;
  const { table, rows } = await workshop.read(await writeParquet("it's.parquet", sql));
  expect(table.columns).toEqual([
    { name: 'id', type: 'BIGINT' },
    { name: 'the text', type: 'VARCHAR' },
    { name: '__proto__', type: 'DOUBLE' },
    { name: 'd', type: 'DATE' },
    { name: 'nested', type: 'STRUCT(a INTEGER)[]' },
    { name: 'flag', type: 'BOOLEAN' },
  ]);
  expect(table.rows).toBe(1);
  expect(Object.values(rows[0] ?? {})).toEqual([1, 'x', 1.5, new Date('2024-01-02'), [{ a: 1 }], true]);
});

test('records are numbered in the order of the file', async () => {
  const path = await writeParquet('t.parquet', 'SELECT range AS i FROM range(300000)');
  const { table, engine } = await workshop.read(path);
  const [row] = await engine.rows(`SELECT count(*) FILTER ("__row" = i + 1) AS same FROM ${table.numbered}`);
  expect(row).toEqual({ same: 300_000 });
});

test('a folder that looks like a partition adds no column', async () => {
  await mkdir(join(workshop.folder, 'country=DE'));
  const { table } = await workshop.read(await writeParquet('country=DE/t.parquet', 'SELECT 1 AS a'));
  expect(table.columns.map((column) => column.name)).toEqual(['a']);
});

test('no rows are no rows', async () => {
  const { table } = await workshop.read(await writeParquet('t.parquet', 'SELECT 1 AS a WHERE false'));
  expect(table).toMatchObject({ rows: 0, columns: [{ name: 'a', type: 'INTEGER' }] });
});

test('two columns of one name are refused, not renamed', async () => {
  const path = await writeParquet('t.parquet', `SELECT {'x': 1, 'y': [2]} AS s, 1 AS aaaa, 2 AS aaab`);
  // The names stand in the footer as they are, so that one can be turned into the other.
  await writeFile(path, (await readFile(path, 'latin1')).replaceAll('aaab', 'aaaa'), 'latin1');
  await expect(workshop.read(path)).rejects.toThrow('t.parquet: the column "aaaa" is there twice');
});

test('reserved names and names that differ in case only are refused', async () => {
  const path = await writeParquet('t.parquet', 'SELECT 1 AS "__row", 2 AS aaaa, 3 AS bbbb');
  await writeFile(path, (await readFile(path, 'latin1')).replaceAll('bbbb', 'AAAA'), 'latin1');
  await expect(workshop.read(path)).rejects.toThrow(/"__row" is a name that modelgate uses.*"aaaa" and "AAAA" differ/s);
});

test.each([
  ['a text', (_bytes: Buffer) => Buffer.from('a,b\n1,2\n3,4\n5,6\n')],
  ['nothing', (_bytes: Buffer) => Buffer.alloc(0)],
  ['half a file', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
  ['a broken footer', (bytes: Buffer) => Buffer.from(bytes).fill(0x41, bytes.length - 120, bytes.length - 10)],
])('%s is refused', async (_name, spoil) => {
  const path = await writeParquet('t.parquet', 'SELECT range AS i FROM range(100)');
  await writeFile(path, spoil(await readFile(path)));
  await expect(workshop.read(path)).rejects.toThrow('t.parquet: this cannot be read as Parquet');
});
