import { describe, expect, test } from 'vitest';
import { computeMoments, computeSquaredDeviations } from '../../src/statistics/moments.ts';

describe('moments from fixed-point sums', () => {
  const fix = (value: number) => BigInt(value * 2 ** 60);
  const sums = (values: readonly number[], scale: number) => ({
    n: values.length,
    scale,
    sum: values.reduce((sum, value) => sum + fix(value / scale), 0n),
    squares: values.reduce((sum, value) => sum + fix((value / scale) ** 2), 0n),
  });

  test('keep the spread of numbers that hardly differ, as in NIST StRD NumAcc4', () => {
    // NIST StRD NumAcc4 less 10000000: certified mean 10000000.2, standard deviation 0.1
    const values = [0.2, ...Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? 0.1 : 0.3))];
    const moments = computeMoments(sums(values, 1));
    expect(moments?.mean).toBeCloseTo(0.2, 14);
    expect(Math.sqrt(moments?.variance ?? 0)).toBeCloseTo(0.1, 14);
  });

  test('do not depend on the scale', () => {
    const values = [3, -0.5, 2, 7];
    const [small, large] = [computeMoments(sums(values, 8)), computeMoments(sums(values, 1024))];
    expect(small?.mean).toBe(2.875);
    expect(large?.variance).toBeCloseTo(small?.variance ?? 0, 12);
    expect(computeSquaredDeviations(sums(values, 8))).toBeCloseTo(29.1875, 12);
  });

  test('of one row have no variance, and of none do not exist', () => {
    expect(computeMoments(sums([4], 4))).toEqual({ n: 1, mean: 4, variance: undefined });
    expect(computeMoments(sums([], 1))).toBeUndefined();
    expect(computeSquaredDeviations(sums([], 1))).toBe(0);
  });
});
