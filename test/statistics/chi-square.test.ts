import { expect, test } from 'vitest';
import { computeChiSquare, computeChiSquareTail } from '../../src/statistics/chi-square.ts';

test('a table of two rows agrees with scipy 1.10.1 chi2_contingency', () => {
  const result = computeChiSquare([10, 10, 20], [20, 20, 20]);
  expect(result.statistic).toBeCloseTo(2.7777777777777777, 13);
  expect(result.p).toBeCloseTo(0.24935220877729622, 13);
  expect(result.degrees).toBe(2);
});

test('the tail agrees with scipy 1.10.1: chisquare of [16,18,16,14,12,12], and the 95 % point for 3 degrees', () => {
  expect(computeChiSquareTail(2, 5)).toBeCloseTo(0.8491450360846096, 13);
  expect(computeChiSquareTail(7.814727903251179, 3)).toBeCloseTo(0.05, 13);
});

test('categories that neither sample has change nothing', () => {
  expect(computeChiSquare([10, 0, 10, 20], [20, 0, 20, 20])).toEqual(computeChiSquare([10, 10, 20], [20, 20, 20]));
});

test('one category cannot differ', () => {
  expect(computeChiSquare([5], [7])).toEqual({ statistic: 0, degrees: 0, p: 1 });
});

test('an empty sample is a mistake of the caller', () => {
  expect(() => computeChiSquare([0, 0], [1, 2])).toThrow('a value in each sample');
});
