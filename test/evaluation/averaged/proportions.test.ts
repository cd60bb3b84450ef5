import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { averaged } from '../../../src/evaluation/averaged/averaged.ts';
import { computeMcNemar, computePairedLimits } from '../../../src/statistics/paired-proportion.ts';
import { computeProportionLimits } from '../../../src/statistics/proportion.ts';
import { limitsOf, measure, openMemory, requireEstimate } from './joined.ts';

const COVERAGE = 'interval-coverage';
const CLASSES = ['a', 'b', 'c'];
const MULTICLASS = {
  task: 'multiclass-classification',
  classes: CLASSES,
  scores: { columns: CLASSES.map((className) => ({ column: className, className })), single: false },
} as const;

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

/** Rows of which the first `hits[side]` lie in the side's interval, the others above it. */
function cover(rows: number, hits: readonly [number, number], more: Record<string, readonly number[]> = {}) {
  const row = Array.from({ length: rows }, (_, at) => at);
  const columns = {
    truth: row.map(() => 1),
    predicted_0: row.map(() => 1),
    predicted_1: row.map(() => 1),
    low_0: row.map(() => 0),
    high_0: row.map((at) => (at < hits[0] ? 1 : 0.5)),
    low_1: row.map((at) => (at >= rows - hits[1] ? 1 : 1.5)),
    high_1: row.map(() => 2),
    ...more,
  };
  return measure(engine, columns, [COVERAGE]);
}

describe('the share of rows whose truth lies in the predicted interval', () => {
  test('has the limits of a proportion', async () => {
    const found = await cover(263, [81, 200]);
    const estimate = requireEstimate(found.estimate(COVERAGE));
    expect(estimate).toMatchObject({ value: 81 / 263, n: 263 });
    const wanted = computeProportionLimits(81, 263, 0.025);
    expect(estimate.method).toBe(wanted.method);
    expect(estimate.computeLimits(0.025)).toEqual(wanted.limits);
  });

  test('is compared as paired proportions are', async () => {
    const difference = requireEstimate((await cover(100, [70, 50])).contrast(COVERAGE));
    // The first 70 rows on side 0, the last 50 on side 1: 20 on both.
    expect(difference.value).toBeCloseTo(0.2, 14);
    expect(difference.sign).toEqual(computeMcNemar(50, 30));
    expect(difference.computeLimits(0.025)).toEqual(computePairedLimits(50, 30, 100, 0.025).limits);
  });

  test('of all rows, and of none, is one that can be measured', async () => {
    const found = await cover(20, [20, 0]);
    expect(found.value(COVERAGE, 0)).toBe(1);
    expect(found.value(COVERAGE, 1)).toBe(0);
    expect(limitsOf(found.estimate(COVERAGE, 0))).toEqual([expect.closeTo(0.8316, 3), 1]);
    expect(requireEstimate(found.contrast(COVERAGE)).value).toBe(1);
  });

  test('against a part of the baseline’s is a mean, as it is with weights', async () => {
    const plain = await cover(100, [70, 50]);
    expect(requireEstimate(plain.contrast(COVERAGE, 0.5)).method).toBe('paired-t');
    const weighted = await cover(100, [70, 50], { weight: Array.from({ length: 100 }, (_, at) => 1 + (at % 3)) });
    const estimate = requireEstimate(weighted.estimate(COVERAGE));
    expect(estimate.method).toBe('linearised-t');
    expect(limitsOf(estimate)[1]).toBeLessThanOrEqual(1);
  });
});

describe('the share of rows whose class is among the first k', () => {
  const score = (rows: readonly (readonly number[])[], truth: readonly number[]) =>
    measure(
      engine,
      {
        truth,
        predicted_0: truth,
        ...Object.fromEntries(CLASSES.map((_, at) => [`score_0_${at}`, rows.map((row) => row[at] ?? 0)])),
      },
      ['top-k-accuracy@1', 'top-k-accuracy@2', 'top-k-accuracy@3'],
      MULTICLASS,
    );

  test('counts a tie against it, whichever class is named first', async () => {
    const even = [0.4, 0.4, 0.2];
    const found = await score([even, even, even], [0, 1, 2]);
    expect(found.value('top-k-accuracy@1')).toBe(0);
    expect(found.value('top-k-accuracy@2')).toBeCloseTo(2 / 3, 15);
  });

  test('is not measured where it could only be 1', async () => {
    const found = await score([[0.5, 0.3, 0.2]], [0]);
    expect(found.estimate('top-k-accuracy@3')).toEqual({
      reason: 'there are 3 classes, so the true one is always among the first 3',
    });
  });
});

describe('there is a reason, and no number,', () => {
  test('without the columns that a metric needs', async () => {
    const found = await measure(engine, { truth: [1], predicted_0: [1] }, [COVERAGE, 'log-loss']);
    expect(found.estimate(COVERAGE)).toEqual({ reason: 'the predictions have no `limits`' });
    expect(found.estimate('log-loss')).toEqual({ reason: 'the predictions have no `scores`' });
  });

  test('where a row lacks the score of its class', async () => {
    const columns = { truth: [0, 1, 2], predicted_0: [0, 1, 2], score_0_0: [1, 0, 0.5], score_0_1: [0, 1, 0.5] };
    const found = await measure(engine, columns, ['log-loss'], {
      ...MULTICLASS,
      scores: { columns: MULTICLASS.scores.columns.slice(0, 2), single: false },
    });
    expect(found.estimate('log-loss')).toEqual({ reason: '1 row lacks what it is computed from' });
  });

  test('where all weights of a slice are 0', async () => {
    const columns = { truth: [1, 2, 3], predicted_0: [1, 3, 5], weight: [1, 1, 0], slice_0: [...'aab'] };
    const found = await measure(engine, columns, ['mae'], {}, [{ name: 'site', columns: ['slice_0'] }]);
    expect(found.value('mae', 0, found.part('site', 'a'))).toBe(0.5);
    expect(found.estimate('mae', 0, found.part('site', 'b'))).toEqual({ reason: 'all weights are 0' });
    const merged = averaged.merge([found.part('site', 'a'), found.part('site', 'b')]);
    if ('reason' in merged) throw new Error(merged.reason);
    expect(found.value('mae', 0, merged)).toBe(0.5);
  });

  test('for parts together that share a cluster', async () => {
    const row = Array.from({ length: 24 }, (_, at) => at);
    const columns = {
      truth: row,
      predicted_0: row.map((at) => at + (at % 5)),
      cluster: row.map((at) => at % 12),
      slice_0: row.map((at) => (at % 12 < 6 ? 'x' : 'y')),
      slice_1: row.map((at) => (at < 12 ? 'x' : 'y')),
    };
    const views = [
      { name: '', columns: [] },
      { name: 'nested', columns: ['slice_0'] },
      { name: 'crossed', columns: ['slice_1'] },
    ];
    const found = await measure(engine, columns, ['mae'], {}, views);
    const nested = averaged.merge([found.part('nested', 'x'), found.part('nested', 'y')]);
    if ('reason' in nested) throw new Error(nested.reason);
    expect(limitsOf(found.estimate('mae', 0, nested))).toEqual(limitsOf(found.estimate('mae')));
    expect(averaged.merge([found.part('crossed', 'x'), found.part('crossed', 'y')])).toEqual({
      reason: 'a cluster has rows in several of these values, so that their statistics do not add up',
    });
  });
});
