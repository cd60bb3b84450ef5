import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/connection.ts';
import { counted } from '../../src/evaluation/counted/counted.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import { describeRows, openMemory, WHOLE } from '../evaluation/counted/rows.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

/** Rows of which each has its own combination of true and predicted class, out of so many classes; then all once more, right. */
async function createCombinations(rows: number, classes: number): Promise<JoinedTable> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE joined AS
     SELECT CAST(i // ${classes} AS INTEGER) AS truth, CAST(i % ${classes} AS INTEGER) AS predicted_0 FROM range(${rows}) t(i)`,
  );
  return describeRows([], { sides: [0], rows, classes: Array.from({ length: classes }, (_, at) => `c${at}`) });
}

describe('bounded work:', () => {
  test('more kinds of rows than are resampled in a view leave values, exact limits, and a reason', async () => {
    const table = await createCombinations(62_500, 250);
    const part = (await counted.fetch(engine, table, [WHOLE])).get('')?.get('');
    const [accuracy, mcc] = part ? counted.estimate(part, [{ name: 'accuracy' }, { name: 'mcc' }], 0, table) : [];
    if (!accuracy || 'reason' in accuracy || !mcc || 'reason' in mcc) throw new Error('there are no values');
    expect(accuracy.value).toBe(1 / 250);
    expect(accuracy.computeLimits(0.025)).toHaveProperty('low');
    expect(mcc.value).toBeCloseTo(0, 12);
    expect(mcc.computeLimits(0.025)).toEqual({
      reason: 'its rows and those beside it fall into 62500 kinds, more than the 50000 that are resampled',
    });
  });

  test('more combinations of classes than are read are a reason for everything', async () => {
    const table = await createCombinations(1_000_001, 1001);
    const part = (await counted.fetch(engine, table, [WHOLE])).get('')?.get('');
    expect(part).toMatchObject({ rows: 1_000_001, n: 1_000_001 });
    expect(part && counted.estimate(part, [{ name: 'accuracy' }], 0, table)).toEqual([
      { reason: '1000001 combinations of classes are more than the 1000000 that are counted' },
    ]);
  });
});
