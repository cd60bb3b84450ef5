import { describe, expect, test } from 'vitest';
import { computeChiSquare, computeChiSquareTail } from '../../src/statistics/chi-square.ts';
import { computeJensenShannon, computeStabilityIndex } from '../../src/statistics/distribution-distance.ts';
import {
  computeKolmogorovSmirnov,
  computeKolmogorovTail,
  type PairedCount,
} from '../../src/statistics/kolmogorov-smirnov.ts';

/**
 * Distances and tests of two samples by SciPy 1.14.1, R 4.2.2 and Evidently’s tests, beside those in test/statistics. Hellinger’s
 * distance (.06812 of the counts below, in Evidently) has no test: no part of the program measures drift by it.
 */
const REFERENCE = Array.from({ length: 500 }, (_, i) => ((37 * i) % 101) / 10);
const CURRENT = Array.from({ length: 400 }, (_, i) => ((53 * i) % 97) / 9 + 0.3);

function pair(first: readonly number[], second: readonly number[]): PairedCount[] {
  const count = (list: readonly number[], value: number) => list.filter((entry) => entry === value).length;
  const values = [...new Set([...first, ...second])].sort((a, b) => a - b);
  return values.map((value) => ({ value, first: count(first, value), second: count(second, value) }));
}

/** Values in each bin between edges, closed on the left, and the last one on the right as well, as numpy.histogram has them. */
function bin(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    const at = Math.min(counts.length, edges.filter((edge) => edge <= value).length) - 1;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

describe('the test of Kolmogorov and Smirnov, of samples with ties,', () => {
  const small = pair(
    Array.from({ length: 10 }, (_, i) => i + 1),
    Array.from({ length: 11 }, (_, i) => i + 3),
  );

  test('is that of R: ks.test(exact = TRUE), conditional on the ties', () => {
    expect(computeKolmogorovSmirnov(small).statistic).toBeCloseTo(0.2727272727272727, 14);
    expect(computeKolmogorovSmirnov(small).p).toBeCloseTo(0.54234001292824008, 12);
    const { statistic, p, method } = computeKolmogorovSmirnov(pair(REFERENCE, CURRENT));
    expect(statistic).toBeCloseTo(0.0925, 14);
    expect(p).toBeCloseTo(0.03604208547557386, 12);
    expect(method).toBe('exact');
  });

  test('is at most that of SciPy, which takes ties for none: .6916 and .04194 exactly, .7679 and .04196 asymptotically', () => {
    expect(computeKolmogorovSmirnov(small).p).toBeLessThan(0.6915847310584153);
    expect(computeKolmogorovSmirnov(pair(REFERENCE, CURRENT)).p).toBeLessThan(0.04194436488281484);
    // Its mode “asymp” is the distribution for one sample of nm/(n + m) rows; the limit of that is ours, 6 % from it here.
    const limit = computeKolmogorovTail(0.0925 * Math.sqrt((500 * 400) / 900));
    expect(limit / 0.04195879383156009).toBeGreaterThan(1);
    expect(limit / 0.04195879383156009).toBeLessThan(1.1);
  });
});

test('goodness of fit is Evidently’s .67309, by the tail; a test of two samples, as ours, knows less of the reference', () => {
  const reference = [16, 18, 16, 14, 12, 12];
  const current = [16, 16, 16, 16, 16, 8];
  const statistic = current.reduce(
    (sum, count, at) => sum + (count - (reference[at] ?? 0)) ** 2 / (reference[at] ?? 0),
    0,
  );
  expect(computeChiSquareTail(statistic, 5)).toBeCloseTo(0.67309, 5);
  expect(computeChiSquare(reference, current).p).toBeGreaterThan(0.67309);
});

describe('on two samples of numbers in bins', () => {
  // numpy.histogram_bin_edges(both, 'sturges'): ceil(log2(900) + 1) bins between the least and the greatest value.
  const [least, greatest] = [Math.min(...REFERENCE, ...CURRENT), Math.max(...REFERENCE, ...CURRENT)];
  const sturges = Array.from({ length: 12 }, (_, at) => least + ((greatest - least) * at) / 11);
  const byWidth = [bin(REFERENCE, sturges), bin(CURRENT, sturges)] as const;

  test('the Jensen–Shannon distance is Evidently’s', () => {
    expect(byWidth[0]).toEqual([50, 49, 49, 50, 50, 49, 49, 50, 50, 49, 5]);
    expect(computeJensenShannon(...byWidth)).toBeCloseTo(0.14327026610745744, 13);
  });

  test('the stability index is Evidently’s in its bins, and another in the deciles of the reference', () => {
    expect(computeStabilityIndex(...byWidth)).toBeCloseTo(0.19465070899532871, 13);
    // numpy.quantile(reference, 0.1 … 0.9)
    const deciles = [50, 49, 49, 50, 50, 49, 49, 50, 50, 54];
    expect(computeStabilityIndex(deciles, [30, 37, 37, 37, 37, 37, 37, 37, 37, 74])).toBeCloseTo(
      0.05224488644920022,
      13,
    );
  });
});

describe('the stability index', () => {
  test('of counts, by hand with numpy', () => {
    expect(computeStabilityIndex([100, 200, 300, 400], [120, 180, 350, 350])).toBeCloseTo(0.020137745071624677, 14);
    expect(computeStabilityIndex([3, 4], [6, 8])).toBe(0);
  });

  test('is infinite where one sample alone has values of a bin, and needs a value in each sample', () => {
    expect(computeStabilityIndex([1, 0], [1, 1])).toBe(Number.POSITIVE_INFINITY);
    expect(computeStabilityIndex([1, 1, 0], [1, 0, 0])).toBe(Number.POSITIVE_INFINITY);
    expect(() => computeStabilityIndex([0], [1])).toThrow('a value in each sample');
  });
});
