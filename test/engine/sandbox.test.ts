import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/engine/sandbox.ts';
import { SILENT } from '../../src/progress.ts';

let folder: string;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-sandbox-')));
  await writeFile(join(folder, 'own.csv'), 'a,b\n1,2\n3,4\n');
  await writeFile(join(folder, 'other.csv'), 'a\n1\n');
  sandbox = await openSandbox({
    files: [join(folder, 'own.csv')],
    library: { environment: process.env, progress: SILENT },
    temporary: join(folder, 'spill'),
  });
  await sandbox.name('own', `read_csv('${folder}/own.csv')`);
});

afterAll(async () => {
  sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (sql: string, timeout = 5000) => sandbox.ask(sql.replaceAll('FOLDER', folder), timeout);

test.each([
  ['select count(*) from own', 2],
  ['select count(*) from OWN as x join own y using (a)', 2],
  ['with c as (select a from own) select max(a) from c', 3],
  ['select (from own select sum(b))', 6],
  ['select count(*) from range(5)', 5],
  ['select avg(a) from own where b in (select b from own)', 2],
  ['select count(*) from own t asof join own u on t.a >= u.a', 2],
  ['values (7)', 7],
  ['select 1.5::decimal(10, 2)', 1.5],
])('reads its table: %s', async (sql, number) => {
  expect(await ask(sql)).toEqual({ number });
});

// Ways out that the engine's own lock does not close, too: `enable_logging` stands in FROM, and writes where it is told.
test.each([
  "select count(*) from read_text('/etc/passwd')",
  "select count(*) from read_csv('FOLDER/other.csv')",
  "select count(*) from 'FOLDER/other.csv'",
  "select count(*) from 'FOLDER/../etc/passwd'",
  "select count(*) from read_csv('FOLDER/*.csv')",
  "select count(*) from glob('/tmp/*')",
  "select count(*) from '/proc/self/environ'",
  "select count(*) from read_blob('/dev/stdin')",
  "select count(*) from read_csv('http://127.0.0.1:9/x.csv')",
  "select count(*) from enable_logging(storage='file', storage_path='FOLDER/log')",
  "select count(*) from enable_profiling(save_location='FOLDER/profile.json')",
  "select count(*) from query('select 1')",
  "select count(*) from query_table('own')",
  "select count(*) from sniff_csv('FOLDER/other.csv')",
  'select count(*) from duckdb_settings()',
  'select count(*) from duckdb_secrets()',
  'select count(*) from force_checkpoint()',
  'select count(*) from information_schema.tables',
  'select count(*) from duckdb_logs',
  "select write_log('x')",
  "select length(getenv('HOME'))",
  "copy own to 'FOLDER/out.csv'",
  "copy (select 1) to 'FOLDER/own.csv'",
  "export database 'FOLDER/all'",
  "attach 'FOLDER/x.db'",
  'install httpfs',
  'load httpfs',
  "set memory_limit = '1TB'",
  'reset memory_limit',
  "call enable_logging(storage='file', storage_path='FOLDER/log')",
  'create table x as select 1',
  'insert into own values (5, 6)',
  'with x as (insert into own values (5, 6) returning a) select count(*) from x',
  'drop view own',
  'pragma version',
  'describe own',
  'summarize own',
  'show tables',
  'explain select 1',
  'checkpoint',
  'vacuum',
  'use memory',
  'select 1; select 2',
  'select $1::int',
  '',
  'select 1\0',
])('refuses: %s', async (sql) => {
  expect(await ask(sql)).toHaveProperty('fault');
  expect(await ask('select count(*) from own'), 'the next query works as before').toEqual({ number: 2 });
  expect((await readdir(folder)).filter((name) => name !== 'spill').sort()).toEqual(['other.csv', 'own.csv']);
});

test('ends a query that takes too long', async () => {
  expect(await ask('select count(*) from range(1000000000000)', 200)).toEqual({ fault: 'it took longer than 0.2 s' });
  expect(await ask('select count(*) from own')).toEqual({ number: 2 });
});
