import { expect, test } from 'vitest';
import {
  computeKolmogorovSmirnov,
  computeKolmogorovTail,
  type PairedCount,
} from '../../src/statistics/kolmogorov-smirnov.ts';

function pairCounts(first: readonly number[], second: readonly number[]): PairedCount[] {
  const values = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const count = (list: readonly number[], value: number) => list.filter((entry) => entry === value).length;
  return values.map((value) => ({ value, first: count(first, value), second: count(second, value) }));
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('1..10 against 2.5..12.5 agrees with scipy 1.10.1 ks_2samp(mode="exact")', () => {
  const result = computeKolmogorovSmirnov(
    pairCounts(
      range(1, 10),
      range(3, 13).map((value) => value - 0.5),
    ),
  );
  expect(result.method).toBe('exact');
  expect(result.statistic).toBeCloseTo(0.2727272727272727, 14);
  expect(result.p).toBeCloseTo(0.6915847310584153, 13);
});

test('500 against 400 values at distance 0.0925 agree with scipy 1.10.1 ks_2samp(mode="exact")', () => {
  // Untied and evenly spread, with the second sample moved by 46 ranks of the first: 50/500 − 3/400 = 0.0925.
  const first = range(0, 499).map((i) => i * 0.8 + 0.05);
  const second = range(0, 399).map((i) => i + 36.35);
  const result = computeKolmogorovSmirnov(pairCounts(first, second));
  expect(result.statistic).toBeCloseTo(0.0925, 12);
  expect(result.p).toBeCloseTo(0.04194436488281484, 12);
});

test('the distance of two vectors with ties agrees with scipy 1.10.1', () => {
  const first = range(0, 499).map((i) => ((37 * i) % 101) / 10);
  const second = range(0, 399).map((i) => ((53 * i) % 97) / 9 + 0.3);
  expect(computeKolmogorovSmirnov(pairCounts(first, second)).statistic).toBeCloseTo(0.0925, 12);
});

test('the exact tail agrees with counting every arrangement of two small samples, with ties and without', () => {
  for (const [first, second] of [
    [
      [1, 2, 3, 4],
      [2.5, 3.5, 5, 6, 7],
    ],
    [
      [1, 1, 2, 3],
      [2, 2, 3, 3, 3],
    ],
    [
      [0, 0, 0, 1],
      [0, 1, 1, 1],
    ],
  ] as const) {
    const result = computeKolmogorovSmirnov(pairCounts(first, second));
    expect(result.p).toBeCloseTo(countArrangements(first, second, result.statistic), 12);
  }
});

/** The share of all ways to deal the pooled values into two samples whose distance is at least `distance`. */
function countArrangements(first: readonly number[], second: readonly number[], distance: number): number {
  const pool = [...first, ...second];
  let [all, reached] = [0, 0];
  for (let mask = 0; mask < 2 ** pool.length; mask += 1) {
    const dealt = pool.filter((_, index) => (mask >> index) % 2 === 1);
    if (dealt.length !== first.length) continue;
    const rest = pool.filter((_, index) => (mask >> index) % 2 === 0);
    all += 1;
    const share = (list: readonly number[], value: number) =>
      list.filter((entry) => entry <= value).length / list.length;
    const greatest = Math.max(...pool.map((value) => Math.abs(share(dealt, value) - share(rest, value))));
    if (greatest >= distance - 1e-9) reached += 1;
  }
  return reached / all;
}

test('the limiting distribution agrees with scipy.special.kolmogorov(1.36), scipy 1.10.1', () => {
  expect(computeKolmogorovTail(1.36)).toBeCloseTo(0.049485876755377876, 15);
});

test('both series of the limiting distribution meet at 1', () => {
  expect(computeKolmogorovTail(1 - 1e-12)).toBeCloseTo(computeKolmogorovTail(1), 11);
  expect(computeKolmogorovTail(0)).toBe(1);
  expect(computeKolmogorovTail(0.05)).toBe(1);
});

test('large samples take the limiting distribution, and it lies near the exact tail', () => {
  const alternating = (n: number) =>
    range(0, 2 * n - 1).map((value) => {
      const first = value < 80 || (value < 2 * n - 80 && value % 2 === 0);
      return { value, first: first ? 1 : 0, second: first ? 0 : 1 };
    });
  const exact = computeKolmogorovSmirnov(alternating(3000));
  const large = computeKolmogorovSmirnov(alternating(4000));
  expect([exact.method, large.method]).toEqual(['exact', 'asymptotic']);
  expect(Math.abs(exact.p - computeKolmogorovTail(exact.statistic * Math.sqrt(1500)))).toBeLessThan(0.01);
});

test('equal samples have distance 0 and p 1', () => {
  expect(computeKolmogorovSmirnov(pairCounts([1, 2, 2], [1, 2, 2]))).toEqual({ statistic: 0, p: 1, method: 'exact' });
});

test('an empty sample is a mistake of the caller', () => {
  expect(() => computeKolmogorovSmirnov(pairCounts([], [1]))).toThrow('a value in each sample');
});
