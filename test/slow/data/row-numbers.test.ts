import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, checkFolder, contract, createFolder, find, writeParquet } from '../../data/project.ts';

const ROWS = 12_000_000;
const ODCS = contract([{ name: 'a', logicalType: 'integer', logicalTypeOptions: { maximum: 1 } }, { name: 'b' }]);

// The engine reads such a file in several pieces at once, and numbers rows in the order of the file all the same.
test('rows and lines are those of the file, however many threads read it', async () => {
  const body = Buffer.from('1,2\n'.repeat(ROWS));
  for (const row of [1, 7_654_321, ROWS]) body.write('9', (row - 1) * 4);
  const evidence = await check(
    { birds: { path: 'b.csv', contract: 'c.yaml' } },
    { 'b.csv': Buffer.concat([Buffer.from('a,b\n'), body]), 'c.yaml': ODCS },
  );
  const { count, examples } = find(evidence, 'maximum', 'a');
  expect(count).toBe(3);
  expect(examples).toEqual([1, 7_654_321, ROWS].map((row) => ({ row, line: row + 1, value: '9' })));
});

test('in Parquet too', async () => {
  const data = { birds: { path: 'b.parquet', contract: 'c.yaml' } };
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data }),
    'c.yaml': ODCS,
  });
  const value = `case when range in (0, 1234567, 1999999) then 9 else 1 end`;
  await writeParquet(join(folder, 'b.parquet'), `select ${value} as a, range as b from range(2000000)`);
  const { examples } = find(await checkFolder(folder), 'maximum', 'a');
  expect(examples.map(({ row }) => row)).toEqual([1, 1_234_568, 2_000_000]);
});
