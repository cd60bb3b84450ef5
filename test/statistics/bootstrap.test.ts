import { describe, expect, test } from 'vitest';
import { type Bootstrap, createBootstrap, type Resampling } from '../../src/statistics/bootstrap.ts';
import type { Limits } from '../../src/statistics/limits.ts';
import { computeWilsonLimits } from '../../src/statistics/wilson.ts';

const TOO_FEW = { reason: 'too few of the rows matter to it' };
const TOO_SMALL = { reason: 'more than 200000 resamples would be needed for so small an error' };

/** The difference of two paired models: only the first right, only the second, both or neither. */
const difference: Resampling['compute'] = ([first = 0, second = 0, rest = 0]) => [
  (first - second) / (first + second + rest),
];
const share: Resampling['compute'] = ([hits = 0, misses = 0]) => [hits / (hits + misses)];
const f1: Resampling['compute'] = ([tp = 0, fp = 0, fn = 0]) => [(2 * tp) / (2 * tp + fp + fn)];

function limitsOf(bootstrap: Bootstrap, tail: number, at = 0): Limits {
  const limits = bootstrap.limits(at, tail);
  if ('reason' in limits) throw new Error(limits.reason);
  return limits;
}

describe('the bootstrap', () => {
  test('of a proportion comes close to its score interval', () => {
    const limits = limitsOf(createBootstrap({ counts: [400, 600], compute: share }), 0.025);
    const wilson = computeWilsonLimits(400, 1000, 0.025);
    expect(limits.low).toBeCloseTo(wilson.low, 2);
    expect(limits.high).toBeCloseTo(wilson.high, 2);
  });

  test('agrees with scipy', () => {
    // scipy 1.14.1, bootstrap(method="BCa", n_resamples=20000) of F1 on 200 rows, whose limits vary by 0.001 with the seed.
    const { low, high } = limitsOf(
      createBootstrap({ counts: [60, 20, 30, 90], compute: f1 }, { resamples: 20_000 }),
      0.025,
    );
    expect(low).toBeCloseTo(0.6205, 2);
    expect(high).toBeCloseTo(0.7772, 2);
  });

  test('has no limits where one row more or less leaves the statistic undefined', () => {
    const ofHundred: Resampling['compute'] = ([hits = 0, misses = 0]) => [
      hits + misses === 100 ? hits / 100 : Number.NaN,
    ];
    expect(createBootstrap({ counts: [40, 60], compute: ofHundred }).limits(0, 0.05)).toEqual({
      reason: 'one row more or less decides whether it is defined',
    });
  });

  test('gives the same limits each time, and others for another seed', () => {
    const take = (seed?: number) =>
      createBootstrap({ counts: [40, 61, 33], compute: f1 }, seed === undefined ? {} : { seed }).limits(0, 0.01);
    expect(take()).toEqual(take());
    expect(take(1)).not.toEqual(take(2));
  });

  test('gives the same limits whatever was asked for before', () => {
    const resampling = { counts: [60, 20, 30, 90], compute: f1 };
    const small = createBootstrap(resampling);
    const fresh = limitsOf(small, 0.05);
    const narrow = limitsOf(small, 0.0005);
    const other = createBootstrap(resampling);
    expect(limitsOf(other, 0.0005)).toEqual(narrow);
    expect(limitsOf(other, 0.05)).toEqual(fresh);
    expect(narrow.low).toBeLessThan(fresh.low);
  });

  test('draws for all statistics at once, and not before limits are asked for', () => {
    let calls = 0;
    const bootstrap = createBootstrap({
      counts: [60, 20, 30, 90],
      compute: (counts) => {
        calls += 1;
        return [...f1(counts), ...share(counts)];
      },
    });
    expect(calls).toBe(0);
    limitsOf(bootstrap, 0.05, 0);
    const drawn = calls;
    limitsOf(bootstrap, 0.05, 1);
    expect(calls).toBe(drawn);
    expect(drawn).toBe(2000 + 4 + 1);
  });

  test('takes cells without rows, and single units', () => {
    const ones = { counts: new Array<number>(200).fill(1) };
    const compute = (counts: Float64Array) => [
      counts.reduce((sum, count, unit) => sum + (unit < 80 ? count : 0), 0) / 200,
    ];
    const single = limitsOf(createBootstrap({ ...ones, compute }), 0.025);
    const cells = limitsOf(createBootstrap({ counts: [80, 120, 0], compute: share }), 0.025);
    expect(single.low).toBeCloseTo(cells.low, 1);
    expect(single.high).toBeCloseTo(cells.high, 1);
  });
});

describe('the bootstrap has no limits', () => {
  test('where the resamples do not vary', () => {
    expect(createBootstrap({ counts: [10, 0], compute: share }).limits(0, 0.025)).toEqual({
      reason: 'the resamples do not vary',
    });
  });

  test('where too many resamples are undefined, and says how many', () => {
    const compute = ([rare = 0, hits = 0, rest = 0]: Float64Array) => [rare === 0 ? Number.NaN : hits - rest];
    expect(createBootstrap({ counts: [2, 40, 60], compute }).limits(0, 0.025)).toEqual({
      reason: expect.stringMatching(/^\d+ of 2000 resamples leave it undefined$/),
    });
  });

  test('of what is not defined', () => {
    const bootstrap = createBootstrap({ counts: [0, 0], compute: share });
    expect(bootstrap.limits(0, 0.025)).toEqual({ reason: 'it is not defined on these rows' });
    expect(createBootstrap({ counts: [5, 5], compute: share }).limits(7, 0.025)).toEqual({
      reason: 'it is not defined on these rows',
    });
  });

  test.each([[[1, 0, 999]], [[3, 0, 997]], [[4, 0, 100_000]]])(
    'where all of too few disagreements point one way: %j',
    (counts) => {
      expect(createBootstrap({ counts, compute: difference }).limits(0, 0.025)).toEqual(TOO_FEW);
    },
  );

  test('where too few rows matter, and draws no resample to find that out', () => {
    let calls = 0;
    const compute = (counts: Float64Array) => {
      calls += 1;
      return difference(counts);
    };
    expect(createBootstrap({ counts: [3, 0, 997], compute }).limits(0, 0.025)).toEqual(TOO_FEW);
    expect(calls).toBe(1 + 2);
  });

  test('of a value that hardly any resample leaves', () => {
    const compute = ([rare = 0, common = 0]: Float64Array) => [rare > 0 && common > 0 ? 1 : 0];
    const found = createBootstrap({ counts: [6, 100], compute }).limits(0, 0.025);
    expect(found).toHaveProperty('reason');
  });

  test('for so small an error that resamples cannot show it', () => {
    const bootstrap = createBootstrap({ counts: [6000, 4000], compute: share });
    expect(bootstrap.limits(0, 1e-6)).toEqual(TOO_SMALL);
    expect(bootstrap.limits(0, 1e-300)).toEqual(TOO_SMALL);
    limitsOf(bootstrap, 2e-4);
  });

  test('of more cells than can be resampled', () => {
    const counts = new Array<number>(10_001).fill(2);
    expect(createBootstrap({ counts, compute: () => [1] }).limits(0, 0.025)).toEqual({
      reason: '10001 cells are too many to resample',
    });
  });
});

describe('the end of a range', () => {
  // Half the resamples are 0: there is no lower limit among them, and nothing below 0 either.
  const compute = ([a = 0, b = 0]: Float64Array) => [Math.max(0, (a - b) / (a + b))];

  test('stands in for a limit that the resamples do not show', () => {
    const limits = limitsOf(createBootstrap({ counts: [502, 498], compute, ranges: [[0, 1]] }), 0.025);
    expect(limits.low).toBe(0);
    expect(limits.high).toBeGreaterThan(0.02);
  });

  test('is missing where there is none', () => {
    expect(createBootstrap({ counts: [502, 498], compute }).limits(0, 0.025)).toEqual({
      reason: 'the resamples do not show where a limit lies',
    });
  });
});

test('two thousand resamples of eight cells take no time', () => {
  const counts = [500_000, 1000, 2000, 100, 300, 20_000, 400_000, 50];
  const compute = (drawn: Float64Array) => [...f1(drawn)];
  limitsOf(createBootstrap({ counts, compute }), 0.025);
  const started = performance.now();
  limitsOf(createBootstrap({ counts, compute }), 0.025);
  // 10 ms; the bound leaves room for a busy machine.
  expect(performance.now() - started).toBeLessThan(500);
});
