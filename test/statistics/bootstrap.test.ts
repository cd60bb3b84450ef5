import gammainc from '@stdlib/math-base-special-gammainc';
import { describe, expect, test } from 'vitest';
import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import { bootstrapCounts } from '../../src/statistics/multinomial-bootstrap.ts';
import { createRandom, nextWord } from '../../src/statistics/random.ts';
import { computeWilsonInterval } from '../../src/statistics/wilson.ts';

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

describe('the multinomial bootstrap', () => {
  const options = { level: 0.95, resamples: 2000, seed: 3 };
  const share = (counts: Float64Array) => [(counts[0] ?? 0) / ((counts[0] ?? 0) + (counts[1] ?? 0))];

  test('of a proportion comes close to its score interval', () => {
    const [limits] = bootstrapCounts([400, 600], share, options);
    const wilson = computeWilsonInterval(400, 1000, 0.95);
    if (!limits || 'reason' in limits || !wilson) throw new Error('there are no limits');
    expect(limits.low).toBeCloseTo(wilson.low, 2);
    expect(limits.high).toBeCloseTo(wilson.high, 2);
  });

  test('agrees with resampling rows one by one', () => {
    // F1 of 4 cells (tp, fp, fn, tn); the reference resamples 200 rows with another generator.
    const cells = [60, 20, 30, 90];
    const f1 = (counts: ArrayLike<number>) => {
      const [tp = 0, fp = 0, fn = 0] = Array.from(counts);
      return (2 * tp) / (2 * tp + fp + fn);
    };
    const [limits] = bootstrapCounts(cells, (counts) => [f1(counts)], { ...options, resamples: 20_000 });
    const naive = resampleRows(cells, f1, 20_000);
    if (!limits || 'reason' in limits) throw new Error('there are no limits');
    expect(limits.low).toBeCloseTo(naive.low, 2);
    expect(limits.high).toBeCloseTo(naive.high, 2);
  });

  test('draws as many rows as there are', () => {
    bootstrapCounts(
      [3, 0, 5, 2],
      (counts) => {
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10);
        return [];
      },
      options,
    );
  });

  test('has no limits where the resamples do not vary', () => {
    expect(bootstrapCounts([10, 0], share, options)).toEqual([{ reason: 'the resamples do not vary' }]);
  });

  test('has no limits where too many resamples are undefined, and says how many', () => {
    const [limits] = bootstrapCounts([1, 9], (counts) => [counts[0] === 0 ? Number.NaN : (counts[0] ?? 0)], options);
    expect(limits).toEqual({ reason: expect.stringMatching(/^\d+ of 2000 resamples leave it undefined$/) });
  });

  test('gives the same limits for the same seed', () => {
    expect(bootstrapCounts([40, 60], share, options)).toEqual(bootstrapCounts([40, 60], share, options));
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

function resampleRows(cells: readonly number[], compute: (counts: readonly number[]) => number, resamples: number) {
  const rows = cells.flatMap((count, cell) => new Array<number>(count).fill(cell));
  let word = 12_345;
  const values = Array.from({ length: resamples }, () => {
    const counts = cells.map(() => 0);
    for (const _ of rows) {
      // Park and Miller's generator, ACM 31 (1988).
      word = (word * 48_271) % 2_147_483_647;
      const cell = rows[Math.floor((word / 2_147_483_647) * rows.length)] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    return compute(counts);
  }).sort((a, b) => a - b);
  return { low: values[Math.floor(0.025 * resamples)] ?? 0, high: values[Math.floor(0.975 * resamples)] ?? 0 };
}
