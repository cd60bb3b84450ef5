import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFolder, contract, createFolder, find, writeParquet } from '../project.ts';

const MODELGATE = JSON.stringify({ version: 1, model: 'b', data: { b: { path: 'b.parquet', contract: 'c.yaml' } } });

async function judge(query: string, odcs: string) {
  const folder = await createFolder({ 'modelgate.yml': MODELGATE, 'c.yaml': odcs });
  await writeParquet(join(folder, 'b.parquet'), query);
  return checkFolder(folder);
}

// In DOUBLE the FLOAT 0.1 is 0.10000000149, and 0.7 is 0.69999998808.
const FLOATS = `select * from (values (0.1::float, 0.1::double, [0.1::float]), (0.7, 0.7, [0.7]), (-0.3, -0.3, [0.3])) as t(v, w, l)`;

test.each([
  ['maximum', 0.7, 0],
  ['maximum', 0.1, 1],
  ['exclusiveMaximum', 0.7, 1],
  ['minimum', -0.3, 0],
  ['exclusiveMinimum', -0.3, 1],
  ['minimum', 0.1, 1],
  ['minimum', 0.7, 2],
  ['exclusiveMinimum', 0.7, 3],
  ['maximum', 1e300, 0],
  ['minimum', 1e300, 3],
  ['multipleOf', 0.1, 0],
  ['multipleOf', 0.2, 3],
])('numbers of 32 bits are what they are written as: %s %s', async (rule, bound, broken) => {
  const property = { name: 'v', logicalType: 'number', logicalTypeOptions: { [rule]: bound } };
  const list = {
    name: 'l',
    logicalType: 'array',
    items: { logicalType: 'number', logicalTypeOptions: { maximum: 0.7 } },
  };
  const evidence = await judge(FLOATS, contract([property, list]));
  expect(find(evidence, rule, 'v').count).toBe(broken);
  expect(find(evidence, 'maximum', 'l[]').count).toBe(0);
});

test('numbers of 32 and of 64 bits are compared as they are written', async () => {
  const then = [
    { column: 'v', '<=': { column: 'w' } },
    { column: 'v', '>=': { column: 'w' } },
    { column: 'v', is: { column: 'w' } },
    { column: 'v', '<=': 0.7 },
  ];
  const rule = { type: 'custom', engine: 'modelgate', implementation: Object.fromEntries([['then', then]]) };
  const names = ['v', 'w'].map((name) => ({ name, logicalType: 'number', unique: true }));
  const evidence = await judge(FLOATS, contract(names, [rule]));
  expect(evidence.outcome).toBe('pass');
});
