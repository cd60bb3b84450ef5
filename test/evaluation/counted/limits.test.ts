import { describe, expect, test } from 'vitest';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import { findDifferenceRange } from '../../../src/evaluation/counted/metrics.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';
import { computeMcNemar, computePairedLimits } from '../../../src/statistics/paired-proportion.ts';
import { computeProportionLimits } from '../../../src/statistics/proportion.ts';
import { createPart, describeCells } from './cells.ts';

/** truth, answer, rows */
const SINGLE = createPart([
  [0, [0], 50],
  [0, [1], 10],
  [1, [0], 15],
  [1, [1], 25],
]);
/** truth, candidate and baseline, rows */
const PAIRED = createPart([
  [0, [0, 0], 400],
  [0, [0, 1], 25],
  [0, [1, 0], 12],
  [0, [1, 1], 63],
  [1, [0, 0], 90],
  [1, [0, 1], 20],
  [1, [1, 0], 45],
  [1, [1, 1], 345],
]);
const TABLE = describeCells(1);
const PAIR = describeCells(2);

function estimate(name: string, positive?: string, part = SINGLE): Estimate {
  const [found] = counted.estimate(part, [{ name, ...(positive === undefined ? {} : { positive }) }], 0, TABLE);
  if (!found || 'reason' in found) throw new Error(found?.reason ?? 'nothing');
  return found;
}

function contrast(name: string, positive?: string, factor = 1, part = PAIRED): Estimate {
  const found = counted.contrast(part, { name, ...(positive === undefined ? {} : { positive }) }, factor, PAIR);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

describe('limits of one side', () => {
  test.each([
    ['accuracy', undefined, 75, 100],
    ['micro-f1', undefined, 75, 100],
    ['weighted-recall', undefined, 75, 100],
    ['precision', 'y', 25, 35],
    ['recall', 'y', 25, 40],
    ['specificity', 'y', 50, 60],
    ['recall', 'n', 50, 60],
  ])('of %s (%s) are those of %d of %d rows', (name, positive, successes, trials) => {
    const found = estimate(name, positive);
    expect(found.value).toBeCloseTo(successes / trials, 14);
    expect(found.n).toBe(100);
    for (const tail of [0.025, 0.05, 1e-12]) {
      expect(found.computeLimits(tail)).toEqual(computeProportionLimits(successes, trials, tail).limits);
    }
    expect(found.method).toBe(computeProportionLimits(successes, trials, 0.025).method);
  });

  test('of F1 are those of the share of its hits among all that are of the class or given it', () => {
    const limits = computeProportionLimits(25, 50, 0.025).limits;
    if ('reason' in limits) throw new Error(limits.reason);
    const [low, high] = [limits.low, limits.high].map((share) => (2 * share) / (1 + share));
    expect(estimate('f1', 'y').computeLimits(0.025)).toEqual({ low, high });
    expect(estimate('f1', 'y').value).toBeCloseTo(2 / 3, 14);
  });

  test.each(['macro-f1', 'mcc', 'cohen-kappa', 'balanced-accuracy', 'weighted-precision'])(
    'of %s are resampled, lie around the value, and widen with a smaller error',
    (name) => {
      const found = estimate(name);
      const [wide, narrow] = [found.computeLimits(0.005), found.computeLimits(0.05)];
      if ('reason' in wide || 'reason' in narrow) throw new Error('there are no limits');
      expect(found.method).toBe('bca-bootstrap');
      expect(wide.low).toBeLessThan(narrow.low);
      expect(narrow.low).toBeLessThan(found.value);
      expect(found.value).toBeLessThan(narrow.high);
      expect(narrow.high).toBeLessThan(wide.high);
    },
  );

  test('are the same whether or not another side stands beside', () => {
    const first = createPart([
      [0, [0], 425],
      [0, [1], 75],
      [1, [0], 110],
      [1, [1], 390],
    ]);
    for (const name of ['mcc', 'accuracy']) {
      const [beside] = counted.estimate(PAIRED, [{ name }], 0, PAIR);
      if (!beside || 'reason' in beside) throw new Error('there is none');
      expect(beside.computeLimits(0.025)).toEqual(estimate(name, undefined, first).computeLimits(0.025));
    }
  });

  test('are none where no resample differs, and where the error is beyond what resamples resolve', () => {
    const right = createPart([
      [0, [0], 50],
      [1, [1], 50],
    ]);
    expect(estimate('mcc', undefined, right)).toMatchObject({ value: 1 });
    expect(estimate('mcc', undefined, right).computeLimits(0.025)).toEqual({ reason: 'the resamples do not vary' });
    expect(estimate('mcc').computeLimits(1e-9)).toHaveProperty('reason');
  });
});

describe('limits of a difference', () => {
  test.each([
    ['accuracy', undefined, 70, 32, 1000],
    ['micro-precision', undefined, 70, 32, 1000],
    ['recall', 'y', 45, 20, 500],
    ['specificity', 'y', 25, 12, 500],
  ])(
    'of %s (%s) are those of %d and %d rows of %d that one side alone gets right',
    (name, positive, first, second, n) => {
      const found = contrast(name, positive);
      expect(found.value).toBeCloseTo((first - second) / n, 14);
      expect(found.computeLimits(0.05)).toEqual(computePairedLimits(first, second, n, 0.05).limits);
      expect(found.sign).toEqual(computeMcNemar(first, second));
      expect(found.n).toBe(1000);
    },
  );

  test.each([
    ['precision', 'y', 1],
    ['f1', 'y', 1],
    ['f-beta@2', 'y', 1],
    ['mcc', undefined, 1],
    ['accuracy', undefined, 0.95],
  ])('of %s (%s) with the factor %d are resampled', (name, positive, factor) => {
    const found = contrast(name, positive, factor);
    const limits = found.computeLimits(0.025);
    if ('reason' in limits) throw new Error(limits.reason);
    expect(found.method).toBe('bca-bootstrap');
    expect(found.sign).toBeUndefined();
    expect(limits.low).toBeLessThan(found.value);
    expect(limits.high).toBeGreaterThan(found.value);
  });

  test('are none where both sides answer alike: nothing varies', () => {
    const same = createPart([
      [0, [0, 0], 500],
      [1, [0, 0], 100],
      [1, [1, 1], 400],
    ]);
    expect(contrast('f1', 'y', 1, same)).toMatchObject({ value: 0 });
    expect(contrast('f1', 'y', 1, same).computeLimits(0.05)).toEqual({ reason: 'the resamples do not vary' });
  });

  test('need more than a row or two that tell the sides apart', () => {
    const near = createPart([
      [0, [0, 0], 500],
      [1, [1, 0], 2],
      [1, [1, 1], 400],
    ]);
    // To nine tenths of the baseline as well, although that varies with many rows.
    for (const factor of [1, 0.9]) {
      expect(contrast('f1', 'y', factor, near).computeLimits(0.05)).toEqual({
        reason: expect.stringMatching(/^too few of the rows matter/),
      });
    }
  });

  test('reach at most as far as the metric does', () => {
    expect(findDifferenceRange('f1', 1)).toEqual([-1, 1]);
    expect(findDifferenceRange('f1', 0.9)).toEqual([-0.9, 1]);
    expect(findDifferenceRange('mcc', 0.5)).toEqual([-1.5, 1.5]);
    expect(findDifferenceRange('cost', 1)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test('say of which side the metric is not defined', () => {
    const never = createPart([
      [0, [0, 0], 500],
      [1, [0, 1], 20],
    ]);
    expect(counted.contrast(never, { name: 'precision', positive: 'y' }, 1, PAIR)).toEqual({
      reason: 'of the candidate, no row is predicted as `y`',
    });
    const neither = createPart([[0, [0, 0], 5]]);
    expect(counted.contrast(neither, { name: 'recall', positive: 'y' }, 1, PAIR)).toEqual({
      reason: 'of the candidate, no row is of the class `y`; of the baseline, no row is of the class `y`',
    });
  });
});

describe('bounded work:', () => {
  test('two thousand paired resamples of eight cells take milliseconds, of however many rows', () => {
    const large = createPart(
      PAIRED.kinds.map(({ entries: [e], count }) => [e?.truth ?? 0, e?.answers ?? [], count * 1e4]),
    );
    contrast('f1', 'y', 1, large).computeLimits(0.025);
    const started = performance.now();
    contrast('f1', 'y', 1, large).computeLimits(0.025);
    // 15 ms on a slow core; the bound leaves room for a busy one.
    expect(performance.now() - started).toBeLessThan(250);
  });

  test('more kinds of rows than can be resampled have a value and a reason', () => {
    const wide = createPart(
      Array.from({ length: 110 * 110 }, (_, at) => [Math.floor(at / 110), [at % 110], 1] as const),
    );
    const table = { ...TABLE, classes: Array.from({ length: 110 }, (_, at) => `c${at}`) };
    const [found] = counted.estimate(wide, [{ name: 'macro-f1' }], 0, table);
    expect(found).toMatchObject({ value: expect.closeTo(1 / 110, 12) });
    expect(found && 'computeLimits' in found && found.computeLimits(0.025)).toEqual({
      reason: expect.stringContaining('too many to resample'),
    });
  });
});
