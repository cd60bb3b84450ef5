import { describe, expect, test } from 'vitest';
import { computeDeltaLimits, type Linearised } from '../../src/statistics/delta-method.ts';
import { toDyadic } from '../../src/statistics/dyadic.ts';

const ROWS = { name: 'rows', least: 2 };

/** The mean of values that each count 1. */
function averageOf(values: readonly number[]): Linearised {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return {
    sums: {
      units: values.length,
      sums: [values.length, sum].map(toDyadic),
      products: [values.length, sum, squares].map(toDyadic),
    },
    value: sum / values.length,
    gradient: [-sum / values.length, 1],
  };
}

describe('limits of a mean', () => {
  test('are Student’s', () => {
    // scipy.stats.ttest_1samp([1, 2, 3, 4, 5, 6], 0).confidence_interval(0.95)
    const limits = computeDeltaLimits(averageOf([1, 2, 3, 4, 5, 6]), 0.025, ROWS);
    expect(limits).toEqual({
      low: expect.closeTo(1.5366856930196766, 10),
      high: expect.closeTo(5.463314306980323, 10),
    });
  });

  test('are had for errors as small as a budget divides them to', () => {
    const values = Array.from({ length: 1000 }, (_, at) => at % 10);
    // scipy.stats.t.isf(1e-100, 999) · √(33/4 · 1000/999/1000)
    const limits = computeDeltaLimits(averageOf(values), 1e-100, ROWS);
    if ('reason' in limits) throw new Error(limits.reason);
    expect(limits.high - 4.5).toBeCloseTo(23.933539702000722 * Math.sqrt(8.25 / 999), 9);
  });

  test.each([
    ['one unit', averageOf([1]), 0.025, 'limits need 2 rows, and there is 1'],
    ['units that are all alike', averageOf([3, 3, 3]), 0.025, 'the rows do not vary'],
    [
      'an error that leaves the range of doubles',
      averageOf([1, 2]),
      1e-310,
      'no limits can be had at so small an error',
    ],
    [
      'a slope that is infinite',
      { ...averageOf([1, 2]), gradient: [0, Number.POSITIVE_INFINITY] },
      0.025,
      'the numbers are too large, or too alike, for limits',
    ],
  ])('are a reason for %s', (_name, mean, tail, reason) => {
    expect(computeDeltaLimits(mean, tail, ROWS)).toEqual({ reason });
  });
});
