import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeBinomialDensity, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeClopperPearsonLimits } from '../../src/statistics/clopper-pearson.ts';
import type { Limits } from '../../src/statistics/limits.ts';
import { computeMcNemar } from '../../src/statistics/mcnemar.ts';
import { computePairedLimits } from '../../src/statistics/paired-proportion.ts';
import { computeTangoLimits } from '../../src/statistics/tango.ts';

const limit = (b: number, c: number, n: number, tail: number): Limits => {
  const { limits } = computePairedLimits(b, c, n, tail);
  if ('reason' in limits) throw new Error(limits.reason);
  return limits;
};

/** The exact probability that the lower limit lies above the true difference `line`, with a share of `d` in disagreement. */
function computeFalsePass(n: number, d: number, line: number, low: (b: number, c: number) => number): number {
  const [p, q] = [(d + line) / 2, (d - line) / 2];
  let sum = 0;
  for (let c = 0; c <= n; c += 1) {
    const weight = computeBinomialDensity(c, n, q);
    if (weight < 1e-9) continue;
    let least = Math.max(0, c + Math.floor(n * line));
    while (least <= n - c && low(least, c) <= line) least += 1;
    sum += weight * computeUpperTail(least, n - c, p / (1 - q));
  }
  return sum;
}

describe('the limits of a paired difference', () => {
  test.each([
    [50, 0.1, 0.02, 0],
    [50, 0.05, 0.2, -0.02],
    [100, 0.01, 0.1, 0.1],
    [200, 0.1, 0.02, 0.01],
    [200, 0.05, 0.02, -0.02],
    [200, 0.05, 0.1, -0.01],
  ])('are wrong on one side no more often than asked: %i rows, %d, disagreement %d, line %d', (n, tail, d, line) => {
    expect(computeFalsePass(n, d, line, (b, c) => limit(b, c, n, tail).low)).toBeLessThanOrEqual(1.05 * tail);
  });

  test('would be wrong twice as often as asked if they were always Tango’s', () => {
    const tango = (onlyFirst: number, onlySecond: number) =>
      computeTangoLimits({ onlyFirst, onlySecond, n: 100 }, 0.01).low;
    expect(computeFalsePass(100, 0.1, 0.1, tango)).toBeGreaterThan(0.02);
  });

  test('are Tango’s of many rows that disagree, and exact of few or at a small error', () => {
    expect(computePairedLimits(500, 600, 10_000, 0.05).method).toBe('tango');
    expect(computePairedLimits(5, 6, 10_000, 0.05).method).toBe('exact-paired');
    expect(computePairedLimits(500, 600, 10_000, 1e-62).method).toBe('exact-paired');
  });

  test('are those of Clopper and Pearson on the side of an answer that is never right alone', () => {
    const exact = computeClopperPearsonLimits(7, 300, 0.01);
    const paired = limit(7, 0, 300, 0.01);
    expect(paired.high).toBeCloseTo(exact.high, 9);
    expect(paired.low).toBeLessThan(exact.low);
  });

  test('without a row in disagreement are as wide as the chance to see none', () => {
    // (1 − Δ)^n = tail: the largest loss that leaves no trace in n rows with that probability
    expect(limit(0, 0, 1000, 0.05).low).toBeCloseTo(-(1 - 0.05 ** (1 / 1000)), 9);
    expect(limit(0, 0, 1000, 1e-62).low).toBeCloseTo(-(1 - 1e-62 ** (1 / 1000)), 9);
  });

  test('swap with the answers, and hold the difference between them at any error', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 120, max: 3000 }), fc.integer({ min: 1, max: 100 }), (b, c, n, e) => {
        const [one, other] = [limit(b, c, n, 10 ** -e), limit(c, b, n, 10 ** -e)];
        expect(one.low).toBe(-other.high);
        expect(one.low).toBeLessThan((b - c) / n);
        expect(one.high).toBeGreaterThan((b - c) / n);
        expect(one.low).toBeGreaterThanOrEqual(-1);
      }),
      { numRuns: 60 },
    );
  });

  test('exclude 0 exactly where the sign test does, nearly', () => {
    const wide = limit(30, 10, 500, computeMcNemar(30, 10).above * 1.3);
    const narrow = limit(30, 10, 500, computeMcNemar(30, 10).above / 1.3);
    expect(wide.low).toBeGreaterThan(0);
    expect(narrow.low).toBeLessThan(0);
  });

  test('span everything at an error of 0, and do not exist of no rows', () => {
    expect(limit(1, 2, 10, 0)).toEqual({ low: -1, high: 1 });
    expect(computePairedLimits(0, 0, 0, 0.05).limits).toEqual({ reason: 'there are no rows' });
  });
});

describe('the exact McNemar test', () => {
  test('without a row in disagreement says nothing', () => {
    expect(computeMcNemar(0, 0)).toEqual({ method: 'exact-mcnemar', above: 1, below: 1 });
  });

  test('of one hundred against none is as small as a half to the hundredth', () => {
    expect(computeMcNemar(100, 0).above / 0.5 ** 100).toBeCloseTo(1, 10);
    expect(computeMcNemar(100, 0).below).toBe(1);
  });
});
