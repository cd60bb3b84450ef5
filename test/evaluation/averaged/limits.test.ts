import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { limitsOf, measure, openMemory, readOracle, requireEstimate } from './joined.ts';

interface Case {
  readonly name: string;
  readonly truth: readonly number[];
  readonly predicted_0: readonly number[];
  readonly predicted_1: readonly number[];
  readonly weight?: readonly number[];
  readonly cluster?: readonly number[];
  readonly limits: Readonly<Record<string, Readonly<Record<string, [number, number]>>>>;
}

const { means } = readOracle<{ means: Case[] }>('averaged');
const MEANS = ['mae', 'mse', 'rmse'];
const METRICS = [...MEANS, 'r2', 'explained-variance'];
/** Whose differences are moved outwards for their skewness. */
const MOVED = [...MEANS, 'r2'];

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

function measureCase({ name: _name, limits: _limits, ...columns }: Case) {
  return measure(engine, columns, METRICS);
}

describe('limits at 95 % agree with statsmodels, and with an infinitesimal jackknife of scikit-learn’s numbers', () => {
  test.each(means.map((one) => [one.name, one] as const))('of %s', async (_name, one) => {
    const found = await measureCase(one);
    for (const [metric, wanted] of Object.entries(one.limits)) {
      // The jackknife’s slopes are differences, good to nine digits.
      const digits = metric === 'mae' || metric === 'mse' ? 10 : 7;
      const pairs = [
        [wanted['one'], () => limitsOf(found.estimate(metric)), true],
        [wanted['difference'], () => limitsOf(found.contrast(metric)), MOVED.includes(metric)],
        [wanted['ratio'], () => limitsOf(found.contrast(metric, 0.75)), MOVED.includes(metric)],
        [wanted['classical'], () => limitsOf(found.estimate(metric)), true],
        [wanted['paired'], () => limitsOf(found.contrast(metric)), MEANS.includes(metric)],
      ] as const;
      for (const [numbers, compute, isMoved] of pairs) {
        if (!numbers) continue;
        const [low, high] = compute();
        // Of a mean, and of a share of squares, the limit on the side of the longer tail is moved outwards.
        if (isMoved) {
          const width = numbers[1] - numbers[0];
          // As above: nine digits of means, and fewer of slopes that are differences.
          const slack = width * (MEANS.includes(metric) ? 1e-9 : 1e-6);
          expect(low, metric).toBeLessThan(numbers[0] + slack);
          expect(low, metric).toBeGreaterThan(numbers[0] - width * (MEANS.includes(metric) ? 0.25 : 3));
          expect(high, metric).toBeGreaterThan(numbers[1] - slack);
          expect(high, metric).toBeLessThan(numbers[1] + width / 2);
        } else {
          expect(low, metric).toBeCloseTo(numbers[0], digits);
          expect(high, metric).toBeCloseTo(numbers[1], digits);
        }
      }
    }
  });

  test('and are named after what they are', async () => {
    const names = await Promise.all(
      means.slice(0, 1).map(async (one) => {
        const found = await measureCase(one);
        return [
          requireEstimate(found.estimate('mae')).method,
          requireEstimate(found.contrast('mae')).method,
          requireEstimate(found.estimate('r2')).method,
          requireEstimate(found.contrast('rmse')).method,
        ];
      }),
    );
    expect(names).toEqual([['student-t', 'paired-t', 'linearised-t', 'paired-linearised-t']]);
  });
});

test('the limits of a root are those of the mean square, under the root', async () => {
  const [one] = means;
  if (!one) throw new Error('no case');
  const found = await measureCase(one);
  const [low, high] = limitsOf(found.estimate('mse'));
  expect(limitsOf(found.estimate('rmse'))).toEqual([Math.sqrt(low), Math.sqrt(high)]);
});

describe('there are no limits, and a reason,', () => {
  const reasonOf = (found: ReturnType<typeof requireEstimate>) => {
    const limits = found.computeLimits(0.025);
    return 'reason' in limits ? limits.reason : limits;
  };

  test.each([
    ['of one row', { truth: [1], predicted_0: [2] }, 'limits need 2 rows, and there is 1'],
    ['of errors that are all alike', { truth: [1, 2, 3], predicted_0: [1.25, 2.25, 3.25] }, 'the rows do not vary'],
    [
      'of nine clusters',
      {
        truth: Array.from({ length: 18 }, (_, row) => row),
        predicted_0: Array.from({ length: 18 }, (_, row) => row + (row % 5)),
        cluster: Array.from({ length: 18 }, (_, row) => row % 9),
      },
      'limits need 10 clusters, and there are 9',
    ],
  ])('%s', async (_name, columns, reason) => {
    const found = await measure(engine, columns, ['mae']);
    const estimate = requireEstimate(found.estimate('mae'));
    expect(estimate.value).toBeGreaterThan(0);
    expect(reasonOf(estimate)).toBe(reason);
  });

  test('of a model and itself', async () => {
    const found = await measure(
      engine,
      { truth: [1, 2, 3, 4], predicted_0: [1.5, 2, 2, 7], predicted_1: [1.5, 2, 2, 7] },
      METRICS,
    );
    for (const metric of METRICS) {
      const difference = requireEstimate(found.contrast(metric));
      expect(difference.value, metric).toBe(0);
      expect(reasonOf(difference), metric).toBe('the rows do not vary');
    }
  });

  test('of a root where one side is never wrong', async () => {
    const truth = [1, 2, 3, 4, 5, 6, 7, 8];
    const predicted_1 = truth.map((value) => value + (value % 3) + 1);
    const found = await measure(engine, { truth, predicted_0: truth, predicted_1 }, ['rmse']);
    const difference = requireEstimate(found.contrast('rmse'));
    // By hand: errors of 2, 3, 1, 2, 3, 1, 2, 3
    expect(difference.value).toBeCloseTo(-Math.sqrt(41 / 8), 14);
    expect(reasonOf(difference)).toBe('the numbers are too large, or too alike, for limits');
  });

  test.each(METRICS)('of a tolerance in percent where no row differs, of %s', async (metric) => {
    const truth = Array.from({ length: 200 }, (_, row) => row % 10);
    const predicted = truth.map((_, row) => (row * 7) % 9);
    const found = await measure(engine, { truth, predicted_0: predicted, predicted_1: predicted }, [metric]);
    const tolerance = requireEstimate(found.contrast(metric, 0.98));
    expect(tolerance.value).not.toBe(0);
    expect(reasonOf(tolerance)).toBe('the rows do not vary');
  });

  test('of a tolerance in percent where few rows differ', async () => {
    const truth = Array.from({ length: 500 }, (_, row) => row % 10);
    const predicted_1 = truth.map((value, row) => value + (row % 3));
    const predicted_0 = predicted_1.map((value, row) => value + (row < 4 ? 1 : 0));
    const found = await measure(engine, { truth, predicted_0, predicted_1 }, ['mae']);
    expect(reasonOf(requireEstimate(found.contrast('mae', 0.98)))).toBe('only 4 of the rows differ');
  });

  test('of a difference that a few rows make', async () => {
    const truth = Array.from({ length: 500 }, (_, row) => row % 10);
    const change = (rows: number) => truth.map((value, row) => value + (row < rows ? row + 1 : 0));
    const four = await measure(engine, { truth, predicted_0: truth, predicted_1: change(4) }, ['mae']);
    expect(reasonOf(requireEstimate(four.contrast('mae')))).toBe('only 4 of the rows differ');
    const many = await measure(engine, { truth, predicted_0: truth, predicted_1: change(30) }, ['mae']);
    const difference = requireEstimate(many.contrast('mae'));
    expect(reasonOf(difference)).toHaveProperty('low');
    expect(difference.computeLimits(2 ** -31)).toEqual({ reason: 'only 30 of the rows differ' });
  });

  test('of a difference that four rows make among many small ones', async () => {
    const truth = Array.from({ length: 500 }, (_, row) => row % 10);
    const losses = (large: number) => truth.map((value, row) => value + (row < large ? 5 : 0.01 * (row % 3)));
    const predicted_1 = truth.map((value) => value + 0.01);
    const four = await measure(engine, { truth, predicted_0: losses(4), predicted_1 }, ['mae', 'mse', 'rmse']);
    for (const metric of ['mae', 'mse', 'rmse']) {
      expect(reasonOf(requireEstimate(four.contrast(metric))), metric).toBe('too few of the rows matter to it');
    }
    // Rows that weigh differently, and clusters of two, need as many.
    const weight = truth.map((_, row) => 1 + (row % 2));
    const cluster = truth.map((_, row) => row % 250);
    for (const more of [{ weight }, { cluster }, { weight, cluster }]) {
      const found = await measure(engine, { truth, predicted_0: losses(4), predicted_1, ...more }, ['mae']);
      expect(reasonOf(requireEstimate(found.contrast('mae')))).toMatch(/^too few of the (rows|clusters) matter to it$/);
    }
    const many = await measure(engine, { truth, predicted_0: losses(30), predicted_1 }, ['mae']);
    const difference = requireEstimate(many.contrast('mae'));
    const { value } = difference;
    const [low, high] = limitsOf(difference);
    // The side of the large losses lies further away.
    expect(high - value).toBeGreaterThan(1.1 * (value - low));
    expect(difference.computeLimits(2 ** -40)).toEqual({ reason: 'too few of the rows matter to it' });
  });
});
