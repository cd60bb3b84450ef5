import { describe, expect, test } from 'vitest';
import { findMeasure } from '../../../src/evaluation/fairness/measures.ts';
import {
  boundChange,
  boundLargest,
  computePairs,
  countPairs,
  listPairs,
  shareLimits,
} from '../../../src/evaluation/fairness/pairs.ts';
import { createPlainLimits } from '../../../src/evaluation/fairness/plain-pairs.ts';
import type { Limits, NoLimits } from '../../../src/statistics/limits.ts';
import { computeNewcombeLimits } from '../../../src/statistics/unpaired.ts';

const GROUPS = [
  { positives: 10, negatives: 10, selected: 8, hits: 6 },
  { positives: 10, negatives: 10, selected: 4, hits: 4 },
];
const NONE: NoLimits = { reason: 'the resamples do not vary' };

function take(name: string) {
  const measure = findMeasure(name);
  if (!measure) throw new Error(name);
  return measure;
}

/** Fixed limits for any error at or above `least`. */
function answer(all: readonly (Limits | NoLimits)[], least = 0) {
  return (at: number, tail: number) => (tail < least ? NONE : (all[at] ?? NONE));
}

test('every two groups are compared both ways, by every rate', () => {
  expect(computePairs(take('demographic-parity-difference'), GROUPS)).toEqual([
    expect.closeTo(0.2),
    expect.closeTo(-0.2),
  ]);
  expect(computePairs(take('equal-opportunity-ratio'), GROUPS)).toEqual(
    [-0.6 / 0.4, -0.4 / 0.6].map((n) => expect.closeTo(n)),
  );
  expect(computePairs(take('equalized-odds-difference'), GROUPS)).toHaveLength(4);
  expect(countPairs(take('equalized-odds-difference'), 5)).toBe(40);
});

test('a difference the other way about has the same limits with the other sign, and is looked up once', () => {
  const measure = take('demographic-parity-difference');
  const asked: number[] = [];
  const limitsOf = shareLimits(measure, listPairs(measure, 2), (at) => {
    asked.push(at);
    return { low: at, high: at + 0.5 };
  });
  expect([0, 1, 0, 2, 3].map((at) => limitsOf(at, 0.05))).toEqual([
    { low: 0, high: 0.5 },
    { low: -0.5, high: -0 },
    { low: 0, high: 0.5 },
    { low: 2, high: 2.5 },
    { low: -2.5, high: -2 },
  ]);
  expect(asked).toEqual([0, 2]);
});

describe('rates of groups without a row in common', () => {
  test('are compared as proportions on different rows', () => {
    const limits = createPlainLimits(take('equal-opportunity-difference'), GROUPS)(0, 0.05);
    // 6 of 10 less 4 of 10; Clopper and Pearson's limits, as there are few rows.
    expect(limits).toEqual(computeNewcombeLimits(6, 10, 4, 10, 0.05));
  });

  test('have a ratio whose limits turn with it', () => {
    const limitsOf = createPlainLimits(take('demographic-parity-ratio'), GROUPS);
    const [one, other] = [limitsOf(0, 0.05), limitsOf(1, 0.05)];
    if ('reason' in one || 'reason' in other) throw new Error('there are no limits');
    expect(one.low).toBeLessThan(-0.4 / 0.2);
    expect(one.high).toBeGreaterThan(-0.4 / 0.2);
    expect(other.low).toBeCloseTo(1 / one.high, 12);
  });

  test('have no limits where a rate is of no rows', () => {
    const [first] = GROUPS;
    const empty = { positives: 0, negatives: 10, selected: 4, hits: 0 };
    const limits = createPlainLimits(take('equal-opportunity-difference'), first ? [first, empty] : [])(0, 0.05);
    expect(limits).toHaveProperty('reason');
  });
});

describe('the largest of several', () => {
  const pairs = [
    { low: 0.05, high: 0.2 },
    { low: -0.2, high: -0.05 },
    { low: -0.1, high: 0.3 },
  ];

  test('lies between the largest lower and the largest upper limit', () => {
    expect(boundLargest(answer(pairs), 3, 0, 0.05)).toEqual({ low: 0.05, high: 0.3 });
  });

  test('reaches down to the least it can be where the shared error is too small for lower limits', () => {
    expect(boundLargest(answer(pairs, 0.02), 3, 0, 0.05)).toEqual({ low: 0, high: 0.3 });
  });

  test('has no limits where any of them has none', () => {
    expect(boundLargest(answer([...pairs.slice(0, 2), NONE]), 3, 0, 0.05)).toEqual(NONE);
  });
});

describe('a change of the largest', () => {
  const apart = { low: 0.1, high: 0.3 };
  const behind = { low: -0.3, high: -0.1 };

  test('is that of the pair that is surely the largest of both', () => {
    const change = { low: -0.06, high: -0.02 };
    const all = [apart, behind, apart, behind, change, { low: 0.02, high: 0.06 }];
    expect(boundChange(answer(all), 2, 0, 0.05)).toEqual(change);
  });

  test('may be that of any pair that can be the largest', () => {
    const open = { low: -0.1, high: 0.1 };
    const all = [open, open, apart, behind, { low: -0.3, high: -0.1 }, { low: 0.1, high: 0.3 }];
    expect(boundChange(answer(all), 2, 0, 0.05)).toEqual({ low: -0.3, high: 0.3 });
  });

  test('has no limits where such a pair has none', () => {
    expect(boundChange(answer([apart, behind, apart, behind, NONE, NONE]), 2, 0, 0.05)).toEqual(NONE);
    expect(boundChange(answer([behind, behind, behind, behind, apart, apart]), 2, 0, 0.05)).toHaveProperty('reason');
  });
});
