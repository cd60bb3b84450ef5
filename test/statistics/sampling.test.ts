import gammainc from '@stdlib/math-base-special-gammainc';
import { describe, expect, test } from 'vitest';
import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import { createMultinomial } from '../../src/statistics/multinomial.ts';
import { createRandom, nextWord } from '../../src/statistics/random.ts';

describe('the generator', () => {
  test('is xoshiro128**', () => {
    // The authors' xoshiro128starstar.c (version 1.1) from the state 1, 2, 3, 4
    const state = Int32Array.of(1, 2, 3, 4);
    const words = Array.from({ length: 6 }, () => nextWord(state));
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });

  test('gives the same numbers for the same seed and others for another', () => {
    const take = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });

  test('draws evenly from 0 to 1', () => {
    const random = createRandom(1);
    const counts = new Array<number>(20).fill(0);
    for (let draw = 0; draw < 200_000; draw += 1) {
      const bin = Math.floor(random() * 20);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const statistic = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(computeChiSquareTail(statistic, 19)).toBeGreaterThan(1e-4);
  });
});

describe('the binomial sampler', () => {
  // On both sides of the change from inversion to rejection, and of one half.
  test.each([
    [1, 0.5],
    [12, 0.3],
    [55, 0.218],
    [40, 0.25],
    [100, 0.5],
    [200, 0.93],
    [1000, 0.4],
    [10_000, 0.002],
  ])('draws from the distribution of %i trials at %f', (n, p) => {
    const draws = 100_000;
    const random = createRandom(20);
    const counts = new Map<number, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const k = drawBinomial(random, n, p);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    const { statistic, cells } = compareWithBinomial(counts, n, p, draws);
    expect(computeChiSquareTail(statistic, cells - 1)).toBeGreaterThan(1e-4);
  });

  test('knows what is certain', () => {
    const random = createRandom(1);
    expect([drawBinomial(random, 0, 0.5), drawBinomial(random, 9, 0), drawBinomial(random, 9, 1)]).toEqual([0, 0, 9]);
  });
});

describe('the multinomial sampler', () => {
  test.each([
    [[3, 0, 5, 2]],
    [[1, 1, 1, 1, 1]],
    [[1_000_000, 1, 0]],
    [[0, 0]],
    [Array.from({ length: 300 }, (_, at) => at % 5)],
  ])('draws as many units from %j as there are, and none of an empty cell', (counts) => {
    const random = createRandom(1);
    const draw = createMultinomial(counts);
    const into = new Float64Array(counts.length);
    for (let turn = 0; turn < 100; turn += 1) {
      draw(random, into);
      expect(into.reduce((sum, count) => sum + count, 0)).toBe(counts.reduce((sum, count) => sum + count, 0));
      expect(counts.every((count, cell) => count > 0 || into[cell] === 0)).toBe(true);
    }
  });

  test('draws single units as it draws cells', () => {
    const variance = (counts: readonly number[]) => {
      const random = createRandom(3);
      const draw = createMultinomial(counts);
      const into = new Float64Array(counts.length);
      let squares = 0;
      for (let turn = 0; turn < 20_000; turn += 1) {
        draw(random, into);
        squares += ((into[0] ?? 0) - (counts[0] ?? 0)) ** 2;
      }
      return squares / 20_000;
    };
    // n p (1 − p) with n = 10: 0.9 of one unit in ten, 0.9 of a cell of 1 beside one of 9.
    expect(variance(new Array<number>(10).fill(1))).toBeCloseTo(0.9, 1);
    expect(variance([1, 9])).toBeCloseTo(0.9, 1);
    // Few units in each of many cells: 3 · (1 − 3/600).
    expect(variance([3, ...new Array<number>(299).fill(2), ...new Array<number>(1).fill(0)].with(1, 1))).toBeCloseTo(
      2.985,
      1,
    );
  });
});

function computeChiSquareTail(statistic: number, degrees: number): number {
  return gammainc(statistic / 2, degrees / 2, true, true);
}

/** Pearson's statistic against the exact distribution, with neighbours joined until 10 are expected. */
function compareWithBinomial(counts: ReadonlyMap<number, number>, n: number, p: number, draws: number) {
  let logMass = n * Math.log1p(-p);
  let [observed, expected, statistic, cells] = [0, 0, 0, 0];
  let rest = draws;
  for (let k = 0; k <= n; k += 1) {
    observed += counts.get(k) ?? 0;
    const mass = draws * Math.exp(logMass);
    expected += mass;
    rest -= mass;
    logMass += Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p));
    if (expected < 10 || (rest < 10 && k < n)) continue;
    statistic += (observed - expected) ** 2 / expected;
    cells += 1;
    [observed, expected] = [0, 0];
  }
  if (expected > 0.01) {
    statistic += (observed - expected) ** 2 / expected;
    cells += 1;
  }
  return { statistic, cells };
}
