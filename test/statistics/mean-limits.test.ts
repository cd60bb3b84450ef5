import { describe, expect, test } from 'vitest';
import type { Limits, NoLimits } from '../../src/statistics/limits.ts';
import { computeMeanLimits } from '../../src/statistics/mean-limits.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { guessSkewness } from '../../src/statistics/skewed-t.ts';
import { computeNewcombeLimits, computeWelchLimits } from '../../src/statistics/unpaired.ts';

const limit = (found: Limits | NoLimits): Limits => {
  if ('reason' in found) throw new Error(found.reason);
  return found;
};

describe('limits of a mean', () => {
  test('are Student’s where nothing is known of the skewness', () => {
    // scipy 1.10.1: t.ppf(0.975, 10) = 2.2281388519649385
    const limits = limit(computeMeanLimits({ n: 11, mean: 5, variance: 11 }, 0.025));
    expect(limits.high).toBeCloseTo(5 + 2.2281388519649385, 9);
    expect(limits.low).toBeCloseTo(5 - 2.2281388519649385, 9);
  });

  test('reach further on the side of a long tail, and never less far than Student’s', () => {
    const plain = limit(computeMeanLimits({ n: 50, mean: 1, variance: 1 }, 0.05));
    const right = limit(computeMeanLimits({ n: 50, mean: 1, variance: 1, skewness: 2 }, 0.05));
    const left = limit(computeMeanLimits({ n: 50, mean: 1, variance: 1, skewness: -2 }, 0.05));
    expect(right.low).toBe(plain.low);
    expect(right.high).toBeGreaterThan(plain.high + 0.05);
    expect(left.high).toBe(plain.high);
    expect(left.low).toBeLessThan(plain.low - 0.05);
  });

  test('hold the error of exponential values, which Student’s do not', () => {
    const random = createRandom(1992);
    const wrong = { plain: 0, corrected: 0 };
    for (let trial = 0; trial < 10_000; trial += 1) {
      const values = Array.from({ length: 50 }, () => -Math.log(1 - random()));
      const mean = values.reduce((sum, value) => sum + value, 0) / 50;
      const power = (k: number) => values.reduce((sum, value) => sum + (value - mean) ** k, 0) / 50;
      const moments = { n: 50, mean, variance: (power(2) * 50) / 49 };
      const skewness = power(3) / power(2) ** 1.5;
      if (limit(computeMeanLimits(moments, 0.05)).high < 1) wrong.plain += 1;
      if (limit(computeMeanLimits({ ...moments, skewness }, 0.05)).high < 1) wrong.corrected += 1;
    }
    // The error asked for and three Monte-Carlo standard errors are 565 of 10,000.
    expect(wrong.plain).toBeGreaterThan(700);
    expect(wrong.corrected).toBeLessThan(565);
  });

  test('need two rows that differ, and an error that can be had', () => {
    expect(computeMeanLimits({ n: 1, mean: 5, variance: undefined }, 0.05)).toHaveProperty('reason');
    expect(computeMeanLimits({ n: 9, mean: 5, variance: 0 }, 0.05)).toEqual({ reason: 'the rows do not vary' });
    expect(computeMeanLimits({ n: 9, mean: 5, variance: Number.NaN }, 0.05)).toEqual({
      reason: 'the rows do not vary',
    });
    expect(computeMeanLimits({ n: 2, mean: 5, variance: 1 }, 0)).toEqual({
      reason: 'no limits can be had at so small an error',
    });
    expect(computeMeanLimits({ n: 100, mean: 5, variance: 1 }, 1e-62)).not.toHaveProperty('reason');
  });
});

describe('the skewness of values in a range', () => {
  test('is that of coins, exponential values and uniform ones', () => {
    // (1 − 2p) / √(p (1 − p)); 2; 0
    expect(guessSkewness(0.1, 0.09, [0, 1])).toBeCloseTo(0.8 / 0.3, 12);
    expect(guessSkewness(3, 9, [0, Number.POSITIVE_INFINITY])).toBeCloseTo(2, 12);
    expect(guessSkewness(0.5, 1 / 12, [0, 1])).toBe(0);
    expect(guessSkewness(0.5, 1 / 12, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(0);
  });

  test('changes its sign with the side', () => {
    expect(guessSkewness(-3, 9, [Number.NEGATIVE_INFINITY, 0])).toBeCloseTo(-2, 12);
    expect(guessSkewness(0.9, 0.01, [0, 1])).toBeCloseTo(-guessSkewness(0.1, 0.01, [0, 1]), 12);
  });
});

describe('limits of a difference on different rows', () => {
  test('of means need two rows on each side, and some that differ', () => {
    const some = { n: 10, mean: 1, variance: 2 };
    expect(computeWelchLimits(some, { n: 1, mean: 1, variance: undefined }, 0.05)).toHaveProperty('reason');
    expect(computeWelchLimits({ ...some, variance: 0 }, { ...some, variance: 0 }, 0.05)).toHaveProperty('reason');
    expect(limit(computeWelchLimits(some, { ...some, variance: 0 }, 0.05)).high).toBeGreaterThan(0);
  });

  test('of proportions need rows on each side, and swap with the sides', () => {
    expect(computeNewcombeLimits(1, 2, 0, 0, 0.05)).toEqual({ reason: 'there are no rows' });
    const [one, other] = [
      limit(computeNewcombeLimits(7, 9, 3, 8, 1e-9)),
      limit(computeNewcombeLimits(3, 8, 7, 9, 1e-9)),
    ];
    expect(one.low).toBeCloseTo(-other.high, 14);
    expect(one.low).toBeGreaterThanOrEqual(-1);
  });
});
