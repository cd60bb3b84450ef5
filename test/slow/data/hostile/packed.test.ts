import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract, createFolder } from '../../../data/project.ts';
import { inspect } from './inspection.ts';

const MIB = 1024 * 1024;
const DATA = { birds: { path: 'a.parquet', contract: 'c.yaml' } };

/** Runs a statement outside the sandbox, with the folder’s path for `$`. */
async function run(folder: string, sql: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(sql.replace('$', folder));
  connection.closeSync();
  instance.closeSync();
}

/** What a check of `a.parquet` comes to, within 120 seconds and not much more than 300 MiB. */
async function judge(sql: string, properties: readonly object[]) {
  const config = JSON.stringify({ version: 1, model: 'birds', data: DATA });
  const folder = await createFolder({ 'modelgate.yml': config, 'c.yaml': contract(properties) });
  await run(folder, sql);
  const { size } = await stat(join(folder, 'a.parquet'));
  const found = await inspect(folder, 120, 300 * MIB);
  expect(found.bug).toBeUndefined();
  expect(found.peak).toBeLessThan(700);
  return { size, problems: found.problems?.map((problem) => problem.found), outcome: found.outcome };
}

test('twenty million rows in a few hundred bytes', async () => {
  // One row group, in which a run of one value is a few bytes.
  const sql = `copy (select 1 as a from range(20000000)) to '$/a.parquet' (format parquet, row_group_size 20000000)`;
  const { size, problems } = await judge(sql, [{ name: 'a', logicalType: 'integer', unique: true }]);
  expect(size).toBeLessThan(1000);
  expect(problems).toEqual([`20000000 rows in ${size} bytes; beyond 10000000 rows, a byte stands for at most 10000`]);
});

test('a gigabyte of text in 30 kilobytes, packed with zstd', async () => {
  const sql = `copy (select repeat('x', 10000000) || range as a from range(100)) to '$/a.parquet' (format parquet, compression zstd)`;
  const { size, problems } = await judge(sql, [
    { name: 'a', logicalType: 'string', logicalTypeOptions: { maxLength: 9 } },
  ]);
  expect(size).toBeLessThan(50_000);
  expect(problems).toEqual([expect.stringMatching(/memory/i)]);
});

test('a hundred thousand columns of Parquet', async () => {
  const columns = Array.from({ length: 100_000 }, (_, index) => `1::tinyint as c${index}`).join(', ');
  const { problems } = await judge(`copy (select ${columns}) to '$/a.parquet' (format parquet)`, [{ name: 'c0' }]);
  expect(problems).toEqual(['100000 columns; at most 10000 are read']);
});

test('JSON of a hundred thousand levels, and of as many as a line can hold, looked into at each', async () => {
  for (const levels of [100_000, 8_000_000]) {
    const deep = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}\n`;
    const promise = {
      name: 'a',
      logicalType: 'array',
      items: { logicalType: 'array', items: { logicalType: 'integer' } },
    };
    const data = { birds: { path: 'a.jsonl', contract: 'c.yaml', 'record-schema': 'r.json' } };
    const folder = await createFolder({
      'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data }),
      'c.yaml': contract([promise]),
      // Every level is looked into.
      'r.json': JSON.stringify({
        $defs: { l: { type: 'array', items: { $ref: '#/$defs/l' } } },
        properties: { a: { $ref: '#/$defs/l' } },
      }),
    });
    await writeFile(join(folder, 'a.jsonl'), deep);
    const found = await inspect(folder, 120, 1024 * MIB);
    expect(found.bug).toBeUndefined();
    expect(found.peak).toBeLessThan(3000);
    // The longest may need more memory than there is, which is told, and not more than there is.
    expect(found.problems?.[0]?.found ?? found.outcome).toMatch(levels > 100_000 ? /^fail$|memory/ : /^fail$/);
  }
});
