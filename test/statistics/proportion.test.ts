import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeBinomialDensity } from '../../src/statistics/binomial-tail.ts';
import type { Limits } from '../../src/statistics/limits.ts';
import { computeProportionLimits } from '../../src/statistics/proportion.ts';
import { computeWilsonLimits } from '../../src/statistics/wilson.ts';

const limit = (x: number, n: number, tail: number): Limits => {
  const { limits } = computeProportionLimits(x, n, tail);
  if ('reason' in limits) throw new Error(limits.reason);
  return limits;
};

/** The exact probability that the lower limit lies above the true proportion p, which a rule would take for a pass. */
function computeFalsePass(n: number, p: number, low: (x: number) => number): number {
  let sum = 0;
  for (let x = 0; x <= n; x += 1) if (low(x) > p) sum += computeBinomialDensity(x, n, p);
  return sum;
}

describe('the limits of a proportion', () => {
  test.each([
    [50, 0.1],
    [50, 0.01],
    [300, 0.05],
    [2000, 0.1],
  ])('are wrong on one side no more often than asked, of %i rows at %d, wherever the truth is', (n, tail) => {
    const lows = Array.from({ length: n + 1 }, (_, x) => limit(x, n, tail).low);
    for (const p of [0.001, 0.004, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.996, 0.999]) {
      expect(computeFalsePass(n, p, (x) => lows[x] ?? 0)).toBeLessThanOrEqual(1.05 * tail);
    }
  });

  test('would be wrong four times as often if they were always Wilson’s', () => {
    const wrong = computeFalsePass(1000, 0.00022, (x) => computeWilsonLimits(x, 1000, 0.05).low);
    expect(wrong).toBeGreaterThan(0.19);
  });

  test('are Wilson’s of many rows, and exact of few or at a small error', () => {
    expect(computeProportionLimits(9000, 20_000, 0.025).method).toBe('wilson');
    expect(computeProportionLimits(81, 263, 0.025).method).toBe('clopper-pearson');
    expect(computeProportionLimits(9000, 20_000, 1e-62).method).toBe('clopper-pearson');
  });

  test('rise with the successes and hold the share between them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.double({ min: 1, max: 200, noNaN: true }), (n, digits) => {
        const tail = 10 ** -digits;
        const x = Math.floor(n / 3);
        const [at, next] = [limit(x, n, tail), limit(x + 1, n, tail)];
        expect(at.low).toBeLessThanOrEqual(x / n);
        expect(at.high).toBeGreaterThanOrEqual(x / n);
        expect(next.low).toBeGreaterThan(at.low);
      }),
      { numRuns: 100 },
    );
  });

  test('mirror each other', () => {
    const [few, many] = [limit(3, 40, 1e-12), limit(37, 40, 1e-12)];
    expect(few.low).toBeCloseTo(1 - many.high, 14);
    expect(few.high).toBeCloseTo(1 - many.low, 14);
  });

  test('span everything at an error of 0, and do not exist of no rows', () => {
    expect(limit(5, 10, 0)).toEqual({ low: 0, high: 1 });
    expect(computeProportionLimits(0, 0, 0.05).limits).toEqual({ reason: 'there are no rows' });
  });
});
