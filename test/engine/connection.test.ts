import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quoteIdentifier, quoteLiteral } from '../../src/engine/sql.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

test('integers come as numbers where a number is exact, and as bigint elsewhere', async () => {
  const engine = await workshop.engine();
  const rows = await engine.rows(
    `SELECT 9007199254740991::BIGINT AS safe, 9007199254740992::BIGINT AS unsafe, -(2::HUGEINT ** 3)::HUGEINT AS huge,
     [1::BIGINT, NULL] AS list, {'n': 5::BIGINT} AS struct, count(*) AS n FROM range(3)`,
  );
  const row = { safe: 9007199254740991, unsafe: 9007199254740992n, huge: -8, list: [1, null], struct: { n: 5 }, n: 3 };
  expect(rows).toEqual([row]);
});

test('NaN stays NaN and a missing value is null', async () => {
  const engine = await workshop.engine();
  expect(await engine.rows(`SELECT 'nan'::DOUBLE AS nan, 1.25::DECIMAL(5, 2) AS decimal, NULL AS missing`)).toEqual([
    { nan: Number.NaN, decimal: 1.25, missing: null },
  ]);
});

test('a column called __proto__ is a column', async () => {
  const engine = await workshop.engine();
  const [row = {}] = await engine.rows('SELECT 1 AS "__proto__"');
  expect(Object.entries(row)).toEqual([['__proto__', 1]]);
});

test('an aborted signal stops a running query with its reason', async () => {
  const controller = new AbortController();
  const engine = await workshop.engine({ signal: controller.signal });
  const running = engine.rows('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7');
  setImmediate(() => controller.abort(new Error('cancelled by the user')));
  await expect(running).rejects.toThrow('cancelled by the user');
  await expect(engine.rows('SELECT 1')).rejects.toThrow('cancelled by the user');
});

test('what does not fit into memory is spilled into the temporary folder', async () => {
  const engine = await workshop.engine({ memory: 100 * 1024 * 1024 });
  await engine.run(
    'CREATE TABLE t AS SELECT md5(range::VARCHAR) || md5((range * 7)::VARCHAR) AS h FROM range(2500000)',
  );
  expect((await readdir(join(workshop.folder, 'temporary'))).length).toBeGreaterThan(0);
  expect(await engine.rows('SELECT count(DISTINCT h) AS n FROM t')).toEqual([{ n: 2500000 }]);
});

test('JSON and time zones are there without an extension to load', async () => {
  const engine = await workshop.engine();
  const sql = `SELECT json_valid('{}') AS json, epoch(timezone('Asia/Tokyo', TIMESTAMP '1970-01-01 09:00:00')) AS epoch`;
  expect(await engine.rows(sql)).toEqual([{ json: true, epoch: 0 }]);
});

test('names and texts that SQL cannot carry are refused', () => {
  expect(quoteIdentifier('a"; DROP TABLE x --')).toBe('"a""; DROP TABLE x --"');
  expect(quoteLiteral("it's")).toBe("'it''s'");
  expect(() => quoteIdentifier('a\0b')).toThrow('NUL');
  expect(() => quoteLiteral('a\0b')).toThrow('NUL');
});

describe('the sandbox', () => {
  const scan = (path: string) =>
    `SELECT * FROM read_csv(${quoteLiteral(path)}, auto_detect = false, columns = {'a': 'VARCHAR'})`;

  async function prepare() {
    const path = await workshop.write('table.csv', 'a\n1\n');
    await mkdir(join(workshop.folder, 'sub'));
    await writeFile(join(workshop.folder, 'other.csv'), 'a\nsecret\n');
    return { path, engine: await workshop.engine() };
  }

  test('lets the given file be read', async () => {
    const { path, engine } = await prepare();
    expect(await engine.rows(scan(path))).toHaveLength(2);
  });

  test.each([
    ['another file', () => scan(join(workshop.folder, 'other.csv'))],
    ['a way round through ..', () => scan(`${workshop.folder}/sub/../other.csv`)],
    ['a pattern', () => scan(join(workshop.folder, '*.csv'))],
    ['a file by its bare name', () => `SELECT * FROM ${quoteIdentifier(join(workshop.folder, 'other.csv'))}`],
    ['the text of a file', () => `SELECT * FROM read_text(${quoteLiteral(join(workshop.folder, 'other.csv'))})`],
    ['a list of files', () => `SELECT * FROM glob(${quoteLiteral(join(workshop.folder, '*'))})`],
    ['a system file', () => scan('/etc/passwd')],
    ['writing a file', () => `COPY (SELECT 1) TO ${quoteLiteral(join(workshop.folder, 'out.csv'))}`],
    ['writing over the given file', () => `COPY (SELECT 1) TO ${quoteLiteral(join(workshop.folder, 'table.csv'))}`],
    ['exporting the database', () => `EXPORT DATABASE ${quoteLiteral(join(workshop.folder, 'out'))}`],
    ['another database', () => `ATTACH ${quoteLiteral(join(workshop.folder, 'new.duckdb'))}`],
    ['installing an extension', () => 'INSTALL httpfs'],
    ['loading an extension', () => 'LOAD httpfs'],
    ['opening the sandbox', () => 'SET enable_external_access = true'],
    ['more allowed files', () => `SET allowed_paths = ['/etc/passwd']`],
    ['more allowed folders', () => `SET allowed_directories = ['/']`],
    ['another temporary folder', () => `SET temp_directory = '/'`],
    ['any other setting', () => 'SET threads = 1'],
    ['resetting', () => 'RESET lock_configuration'],
    ['a pragma that sets', () => 'PRAGMA threads = 1'],
  ])('refuses %s', async (_what, sql) => {
    const { path, engine } = await prepare();
    await expect(engine.rows(sql())).rejects.toThrow(
      /file system operations are disabled|configuration has been locked|is disabled|Permission Error/,
    );
    expect(await engine.rows(scan(path))).toHaveLength(2);
    expect((await readdir(workshop.folder)).sort()).toEqual(['other.csv', 'sub', 'table.csv']);
  });

  test('sends nothing over the network', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.end('a\n1\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.csv`;
    const { engine } = await prepare();
    await expect(engine.rows(scan(address))).rejects.toThrow();
    await expect(engine.rows(`SELECT * FROM read_parquet(${quoteLiteral(address)})`)).rejects.toThrow();
    server.close();
    expect(requests).toBe(0);
  });
});
