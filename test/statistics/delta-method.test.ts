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

describe('limits of a mean of which few units are most', () => {
  const mean = averageOf(Array.from({ length: 1000 }, (_, at) => at % 10));
  const student = computeDeltaLimits(mean, 0.025, ROWS);
  const few = { reason: 'too few of the rows matter to it' };

  test.each([
    ['fewer than five', 4.9, 0.025],
    ['fewer than a sign test needs', 19, 1e-6],
    ['no number of them', Number.NaN, 0.025],
  ])('are a reason where %s matter', (_name, effective, tail) => {
    expect(computeDeltaLimits({ ...mean, shape: { skewness: 0, effective } }, tail, ROWS)).toEqual(few);
  });

  test('are as wide as the freedom of their variance makes them', () => {
    // By hand: of 1000 units 20 matter, 2 / (1/20 − 1/1000) = 40.82 degrees; scipy.stats.t.isf(0.025, 40.816326) is 2.01980.
    const limits = computeDeltaLimits({ ...mean, shape: { skewness: 0, effective: 20 } }, 0.025, ROWS);
    if ('reason' in limits) throw new Error(limits.reason);
    expect((limits.high - 4.5) / Math.sqrt(8.25 / 999)).toBeCloseTo(2.0198, 4);
    // As many degrees as units less one at most.
    expect(computeDeltaLimits({ ...mean, shape: { skewness: 0, effective: 999.9 } }, 0.025, ROWS)).toEqual(student);
  });

  test('count half of the units where weights or several means make it', () => {
    const compute = (effective: number, composed: boolean) =>
      computeDeltaLimits({ ...mean, shape: { skewness: 0, effective }, composed }, 0.025, ROWS);
    expect(compute(40, true)).toEqual(compute(20, false));
    expect(compute(9.9, true)).toEqual(few);
    expect(compute(9.9, false)).not.toEqual(few);
  });

  test('are moved on the side of the long tail, by the larger of what is seen and what the range lets expect', () => {
    const compute = (skewness: number, range?: [number, number]) => {
      const limits = computeDeltaLimits({ ...mean, shape: { skewness } }, 0.025, ROWS, range);
      if ('reason' in limits || 'reason' in student) throw new Error('no limits');
      return [student.low - limits.low, limits.high - student.high];
    };
    const [still, moved] = compute(2);
    expect(still).toBeCloseTo(0, 12);
    expect(moved).toBeGreaterThan(0.005);
    expect(compute(-2)).toEqual([expect.closeTo(moved ?? 0, 12), expect.closeTo(0, 12)]);
    const range: [number, number] = [0, Number.POSITIVE_INFINITY];
    expect(compute(2, range)).toEqual(compute(2));
    // √(33/4) by 4.5, twice, is 1.28.
    expect(compute(0.1, range)).toEqual(compute(0, range));
    // What is seen on the one side takes nothing from the other.
    expect(compute(-2, range)).toEqual([compute(-2)[0], compute(0, range)[1]]);
  });
});

test('what rounding leaves of a difference is no variation', () => {
  // Of x and y = x + 1e-15 · x, as far as doubles tell them apart.
  const values = [1, 2, 3, 4, 5, 6];
  const sum = 21;
  const squares = 91;
  const compute = (apart: number) =>
    computeDeltaLimits(
      {
        sums: {
          units: values.length,
          sums: [6, sum, sum * (1 + apart)].map(toDyadic),
          products: [6, sum, sum * (1 + apart), squares, squares * (1 + apart), squares * (1 + apart) ** 2].map(
            toDyadic,
          ),
        },
        value: -apart * 3.5,
        gradient: [0, 1, -1],
      },
      0.025,
      ROWS,
    );
  expect(compute(2 ** -50)).toEqual({ reason: 'the rows do not vary' });
  expect(compute(2 ** -20)).toHaveProperty('low');
});

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
