import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../project.ts';

const DATA = join(import.meta.dirname, '../../../node_modules/vega-datasets/data/birdstrikes.csv');

// Counted with Python's csv module: 14 C, 1 B.
test('the contract of birdstrikes.csv finds the damages C and B, and nothing that is not there', async () => {
  const evidence = await check(
    { birdstrikes: { path: 'birdstrikes.csv', contract: 'birdstrikes.odcs.yaml' } },
    {
      'birdstrikes.csv': await readFile(DATA),
      'birdstrikes.odcs.yaml': await readFile(join(import.meta.dirname, 'birdstrikes.odcs.yaml')),
    },
  );
  const [dataset] = evidence.datasets;
  const open = dataset?.findings.filter(({ outcome }) => outcome !== 'pass') ?? [];
  expect(open.map(({ rule, column, count, reason }) => ({ rule, column, count, reason }))).toEqual([
    {
      rule: 'invalidValues',
      column: 'Effect Amount of damage',
      count: 15,
      reason: '15 of 10000 values are not among the 4 allowed',
    },
  ]);
  expect(open[0]?.examples.map(({ value }) => value)).toEqual(['C', 'B']);
  expect(dataset?.notChecked).toEqual([]);
});
