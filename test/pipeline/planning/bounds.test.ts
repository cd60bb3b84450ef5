import { describe, expect, test } from 'vitest';
import { requireResolved } from '../../../src/config/resolved-metric.ts';
import { type Asked, type Bounded, computeWorstCase } from '../../../src/pipeline/planning/bounds.ts';
import { findBounded } from '../../../src/pipeline/planning/units.ts';

const SHARE = [0, 1] as const;
const share = (n: number): Bounded => ({ kind: 'share', n, range: SHARE });
const mean = (n: number, range: readonly [number, number] = SHARE): Bounded => ({ kind: 'mean', n, range });
const relative = (key: 'max-drop' | 'min-gain' | 'within', amount: number): Asked => ({
  condition: { key, tolerance: amount },
  direction: 'higher',
  amount,
});
const absolute = (key: 'min' | 'max', line: number): Asked => ({
  condition: { key, line },
  direction: 'higher',
  amount: undefined,
});

describe('a mean within a range', () => {
  test('is bounded as Hoeffding bounds it', () => {
    // √(ln(1/δ) / 2n): √(ln 20 / 2000)
    expect(computeWorstCase(mean(1000), absolute('min', 0.5), 0.05).effect).toBeCloseTo(0.0387023, 7);
    // Twice the width for a difference: 2² ln(1/δ) / 2ε², as in Renggli et al. (2019), 184,207 for 0.01 at 1e-4
    expect(computeWorstCase(mean(1000), relative('max-drop', 0.01), 1e-4).rows).toBe(184_207);
    expect(computeWorstCase(mean(1000, [0, 2]), absolute('min', 0.5), 0.05).effect).toBeCloseTo(0.0774046, 7);
  });

  test('cannot be shown beyond its range', () => {
    expect(computeWorstCase(mean(100), absolute('min', 0.95), 0.05).effect).toBe(Number.POSITIVE_INFINITY);
    expect(computeWorstCase(mean(100), absolute('max', 0.95), 0.05).effect).toBeCloseTo(0.1223871, 6);
    // ln(20) / (2 · 0.05²) = 599.1, from which on its whole range is seen
    expect(computeWorstCase(mean(100), absolute('min', 0.95), 0.05).rows).toBe(600);
    expect(computeWorstCase(mean(599), absolute('min', 0.95), 0.05).effect).toBe(Number.POSITIVE_INFINITY);
    expect(computeWorstCase(mean(600), absolute('min', 0.95), 0.05).effect).toBeLessThan(0.05);
    expect(computeWorstCase(mean(4), relative('max-drop', 0.01), 1e-4).effect).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a share', () => {
  test('is bounded exactly by the binomial: even no mistake shows nothing where lineⁿ is above the error', () => {
    // 0.9²⁸ = 0.0523, 0.9²⁹ = 0.0471
    expect(computeWorstCase(share(28), absolute('min', 0.9), 0.05).effect).toBe(Number.POSITIVE_INFINITY);
    expect(computeWorstCase(share(29), absolute('min', 0.9), 0.05)).toMatchObject({ method: 'exact-binomial' });
    expect(computeWorstCase(share(29), absolute('min', 0.9), 0.05).effect).toBeLessThanOrEqual(0.1);
    expect(computeWorstCase(share(28), absolute('min', 0.9), 0.05).rows).toBe(29);
    // Below 0.1 is above 0.9 of the others.
    expect(computeWorstCase(share(28), absolute('max', 0.1), 0.05).effect).toBe(Number.POSITIVE_INFINITY);
    expect(computeWorstCase(share(28), absolute('max', 0.1), 0.05).rows).toBe(29);
    expect(computeWorstCase(share(28), absolute('min', 1), 0.05).rows).toBe(Number.POSITIVE_INFINITY);
  });

  test('needs fewer rows the less two models disagree', () => {
    const rowsAt = (disagreement: number) =>
      computeWorstCase(share(1000), relative('max-drop', 0.02), 0.05, disagreement).rows ?? Number.NaN;
    expect(rowsAt(0.05)).toBeLessThan(rowsAt(0.2));
    expect(rowsAt(0.2)).toBeLessThan(rowsAt(1));
    // Hoeffding with a range of 2, which bounds all: 4 ln(20) / (2 · 0.0004)
    expect(rowsAt(1)).toBeLessThanOrEqual(14_979);
  });

  test('shows a candidate within an amount exactly from the rows on that it says', () => {
    const asked = relative('within', 0.05);
    const { rows = Number.NaN } = computeWorstCase(share(100), asked, 0.05, 0.1);
    expect(computeWorstCase(share(rows), asked, 0.05, 0.1).effect).toBeLessThanOrEqual(0.05);
    expect(computeWorstCase(share(Math.floor(rows * 0.9)), asked, 0.05, 0.1).effect).toBeGreaterThan(0.05);
  });
});

test('that there is no difference at all is shown by no number of rows, and of a gain nobody says how large it is', () => {
  expect(computeWorstCase(share(1e6), relative('max-drop', 0), 0.05).rows).toBe(Number.POSITIVE_INFINITY);
  expect(computeWorstCase(share(1000), relative('min-gain', 0.01), 0.05).rows).toBeUndefined();
  expect(computeWorstCase(share(1000), relative('min-gain', 0.3), 0.05, 0.2).effect).toBe(Number.POSITIVE_INFINITY);
});

describe('what a metric rests on', () => {
  const facts = { n: 1000, positives: new Map([['yes', 100]]) };
  const boundOf = (name: string, positive?: string) =>
    findBounded(requireResolved({}, name), { name, positive }, facts);

  test('is all rows, the rows of a class, or those of the others', () => {
    expect(boundOf('accuracy')).toMatchObject({ kind: 'share', n: 1000 });
    expect(boundOf('recall', 'yes')).toMatchObject({ kind: 'share', n: 100 });
    expect(boundOf('specificity', 'yes')).toMatchObject({ kind: 'share', n: 900 });
    expect(boundOf('brier')).toMatchObject({ kind: 'mean', n: 1000, range: [0, 2] });
  });

  test('of an AUC is mn / (m + n): Agarwal et al. (2005), theorem 3', () => {
    expect(boundOf('roc-auc', 'yes')).toMatchObject({ kind: 'mean', n: (100 * 900) / 1000 });
  });

  test('is nothing where a class has no row, and where nothing bounds the metric', () => {
    expect(boundOf('recall', 'no')).toMatchObject({ reason: expect.stringContaining('nothing bounds') });
    expect(
      findBounded(
        requireResolved({}, 'recall'),
        { name: 'recall', positive: 'yes' },
        { n: 9, positives: new Map([['yes', 0]]) },
      ),
    ).toEqual({
      reason: 'no row is of the class `yes`',
    });
    expect(boundOf('macro-f1')).toHaveProperty('reason');
    expect(boundOf('log-loss')).toHaveProperty('reason');
  });
});
