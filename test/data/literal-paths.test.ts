import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, contract, createFolder, find, writeParquet } from './project.ts';

const ODCS = contract(
  [{ name: 'a', logicalType: 'integer', logicalTypeOptions: { maximum: 1 } }],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the standard
  [{ type: 'sql', query: 'SELECT count(*) FROM ${table}', mustBe: 1 }],
);

test('a file that is called like a pattern is that file, in every format and in queries', async () => {
  const folder = await createFolder({});
  const parquet = async (value: number) => {
    await writeParquet(join(folder, 'x.parquet'), `select ${value} as a`);
    return readFile(join(folder, 'x.parquet'));
  };
  for (const [name, mine, others] of [
    ['d[1]/a*.csv', 'a\n1\n', 'a\n2\n'],
    ['d[1]/a*.jsonl', '{"a":1}\n', '{"a":2}\n'],
    ['d[1]/a*.parquet', await parquet(1), await parquet(2)],
  ] as const) {
    const other = name.replace('*', 'b');
    const files = { [name]: mine, [other]: others, [other.replace('[1]', '1')]: others, 'c.yaml': ODCS };
    const evidence = await check({ birds: { path: name, contract: 'c.yaml' } }, files);
    expect([evidence.outcome, evidence.datasets[0]?.rows]).toEqual(['pass', 1]);
  }
});

test('a pattern stands for files that are called like patterns, each once', async () => {
  const files = { 'd[1]/a*.csv': 'a\n1\n', 'd[1]/ab.csv': 'a\n2\n', 'c.yaml': ODCS };
  const evidence = await check({ birds: { path: 'd[1]', contract: 'c.yaml' } }, files);
  expect(evidence.datasets[0]?.files?.map(({ path, rows }) => [path, rows])).toEqual([
    ['d[1]/a*.csv', 1],
    ['d[1]/ab.csv', 1],
  ]);
  expect(find(evidence, 'maximum').examples).toEqual([{ file: 'd[1]/ab.csv', row: 1, line: 2, value: '2' }]);
});
