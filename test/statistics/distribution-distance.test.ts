import { expect, test } from 'vitest';
import {
  computeJensenShannon,
  computeReferenceDeviation,
  computeWasserstein,
} from '../../src/statistics/distribution-distance.ts';
import type { PairedCount } from '../../src/statistics/kolmogorov-smirnov.ts';

const pair = (first: readonly number[], second: readonly number[]): PairedCount[] =>
  [...new Set([...first, ...second])]
    .sort((a, b) => a - b)
    .map((value) => ({
      value,
      first: first.filter((entry) => entry === value).length,
      second: second.filter((entry) => entry === value).length,
    }));

test('the Wasserstein distance of [0,1,3] and [5,6,8] is 5, as the documentation of scipy says', () => {
  expect(computeWasserstein(pair([0, 1, 3], [5, 6, 8]))).toBeCloseTo(5, 14);
});

test('counts are weights: ([0,1],[0,1],[3,1],[2,2]) is 0.25, as the documentation of scipy says', () => {
  const counts = [
    { value: 0, first: 3, second: 2 },
    { value: 1, first: 1, second: 2 },
  ];
  expect(computeWasserstein(counts)).toBeCloseTo(0.25, 14);
});

test('weights may be fractions: 4.078133143804786, as the documentation of scipy says', () => {
  const counts = [
    { value: 1.4, first: 0, second: 0 },
    { value: 3.4, first: 1.4, second: 0 },
    { value: 3.9, first: 0.9, second: 0 },
    { value: 7.5, first: 3.1, second: 0 },
    { value: 7.8, first: 7.2, second: 0 },
  ].map((count) => ({ ...count, second: count.value === 1.4 ? 3.5 : 0 }));
  counts.splice(3, 0, { value: 4.5, first: 0, second: 3.2 });
  counts.sort((a, b) => a.value - b.value);
  expect(computeWasserstein(counts)).toBeCloseTo(4.078133143804786, 13);
});

test('the distance in deviations of the reference agrees with scipy 1.10.1 and numpy (ddof 0)', () => {
  const first = Array.from({ length: 500 }, (_, i) => ((37 * i) % 101) / 10);
  const second = Array.from({ length: 400 }, (_, i) => ((53 * i) % 97) / 9 + 0.3);
  const counts = pair(first, second);
  expect(computeWasserstein(counts)).toBeCloseTo(0.6103222222222223, 12);
  expect(computeWasserstein(counts) / computeReferenceDeviation(counts)).toBeCloseTo(0.20915703500257163, 12);
});

test('the Jensen–Shannon distance agrees with scipy 1.10.1: natural logarithms, and base 2 by the factor √ln 2', () => {
  expect(computeJensenShannon([1, 0], [0.5, 0.5])).toBeCloseTo(0.46450140402245893, 14);
  expect(computeJensenShannon([1, 0, 0], [0, 1, 0]) / Math.sqrt(Math.LN2)).toBeCloseTo(1, 14);
});

test('equal samples have no distance', () => {
  expect(computeJensenShannon([3, 4], [6, 8])).toBe(0);
  expect(computeWasserstein(pair([1, 2], [2, 1]))).toBe(0);
});

test('an empty sample is a mistake of the caller', () => {
  expect(() => computeJensenShannon([0], [1])).toThrow('a value in each sample');
  expect(() => computeWasserstein(pair([], [1]))).toThrow('a value in each sample');
  expect(() => computeReferenceDeviation(pair([], [1]))).toThrow('needs a value');
});
