import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseThreshold, type ScorePoint } from '../../../src/evaluation/operating-point/threshold.ts';
import { roundAbove, roundDown } from '../../../src/evaluation/operating-point/threshold-digits.ts';

/** By hand: ten rows, five of each class, with a tie of both at 0.6. */
const POINTS: ScorePoint[] = [
  { score: 0.9, positives: 2, negatives: 0 },
  { score: 0.6, positives: 1, negatives: 1 },
  { score: 0.5, positives: 1, negatives: 0 },
  { score: 0.3, positives: 0, negatives: 3 },
  { score: 0.1, positives: 1, negatives: 1 },
];

const point: fc.Arbitrary<ScorePoint> = fc.record({
  score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.1, 1 / 3, 0.30000000000000004)),
  positives: fc.nat(3),
  negatives: fc.nat(3),
});
const points = fc.array(point, { minLength: 1, maxLength: 12 });

/** Recall, precision and selected rows at a threshold, straight from the points. */
function judge(all: readonly ScorePoint[], threshold: number) {
  const add = (of: readonly ScorePoint[], key: 'positives' | 'negatives') => of.reduce((sum, p) => sum + p[key], 0);
  const reached = all.filter(({ score }) => score >= threshold);
  const selected = add(reached, 'positives') + add(reached, 'negatives');
  return { recall: add(reached, 'positives') / add(all, 'positives'), precision: add(reached, 'positives') / selected };
}

describe('the threshold', () => {
  test.each([
    [{ recall: 0.4 }, 0.9, 0.4],
    [{ recall: 0.41 }, 0.6, 0.6],
    [{ recall: 0.8 }, 0.5, 0.8],
    [{ recall: 1 }, 0.1, 1],
    [{ recall: 0 }, 0.9, 0.4],
    [{ precision: 1 }, 0.9, 1],
    // 3 of 4 at 0.6, but 4 of 5 at 0.5: the lowest that reaches it counts.
    [{ precision: 0.8 }, 0.5, 0.8],
    [{ precision: 0.5 }, 0.1, 0.5],
  ])('for %j is %d', (wish, threshold, achieved) => {
    expect(chooseThreshold(POINTS, wish)).toEqual({ threshold, achieved });
  });

  test('of the lowest cost weighs what each mistake costs', () => {
    const costs = { truePositive: 0, trueNegative: 0, falsePositive: 1, falseNegative: 1 };
    // One missed and one wrong at 0.5.
    expect(chooseThreshold(POINTS, { costs })).toEqual({ threshold: 0.5, achieved: 0.2 });
    expect(chooseThreshold(POINTS, { costs: { ...costs, falseNegative: 10 } })).toEqual({
      threshold: 0.1,
      achieved: 0.5,
    });
    expect(chooseThreshold(POINTS, { costs: { ...costs, falsePositive: 0 } })).toMatchObject({ threshold: 0.1 });
  });

  test('of the lowest cost may select no row, just above the highest score', () => {
    const costs = { truePositive: 5, trueNegative: 0, falsePositive: 5, falseNegative: 1 };
    const chosen = chooseThreshold(POINTS, { costs });
    expect(chosen).toEqual({ threshold: 0.900000000001, achieved: 0.5 });
  });

  test('does not depend on the order of the points', () => {
    expect(chooseThreshold([...POINTS].reverse(), { recall: 0.8 })).toEqual({ threshold: 0.5, achieved: 0.8 });
  });

  test('that cannot be reached says what can', () => {
    const mixed = [{ score: 0.7, positives: 3, negatives: 1 }, ...POINTS.slice(3)];
    expect(chooseThreshold(mixed, { precision: 0.9 })).toEqual({
      reason: 'no threshold has a precision of 0.9; the best has 0.75, at 0.7',
    });
    const negative = [{ score: 0.5, positives: 0, negatives: 4 }];
    expect(chooseThreshold(negative, { recall: 0.5 })).toEqual({ reason: 'no row is of the positive class' });
    expect(chooseThreshold([], { recall: 0.5 })).toEqual({ reason: 'there are no rows' });
    expect(chooseThreshold([{ score: 0.5, positives: 0, negatives: 0 }], { precision: 0.5 })).toEqual({
      reason: 'the rows weigh nothing',
    });
  });

  test('is the highest with its recall and the lowest with its precision, and survives twelve digits', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), (all, wanted) => {
        const others = [...all.map(({ score }) => score), ...all.map(({ score }) => roundDown(score))];
        const recall = chooseThreshold(all, { recall: wanted });
        if ('threshold' in recall) {
          expect(Number(recall.threshold.toPrecision(12))).toBe(recall.threshold);
          expect(judge(all, recall.threshold).recall).toBe(recall.achieved);
          expect(recall.achieved).toBeGreaterThanOrEqual(wanted);
          for (const other of others.filter((score) => roundDown(score) > recall.threshold)) {
            expect(judge(all, other).recall).toBeLessThan(wanted);
          }
        }
        const precision = chooseThreshold(all, { precision: wanted });
        if ('threshold' in precision) {
          expect(judge(all, precision.threshold).precision).toBe(precision.achieved);
          for (const other of others.filter((score) => score < precision.threshold)) {
            const found = judge(all, roundDown(other)).precision;
            expect(Number.isNaN(found) || found < wanted).toBe(true);
          }
        }
      }),
    );
  });

  test('is rounded so that no row changes sides', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }), (score) => {
        fc.pre(score === 0 || score > 1e-290);
        const [below, above] = [roundDown(score), roundAbove(score)];
        expect(below).toBeLessThanOrEqual(score);
        expect(above).toBeGreaterThan(score);
        for (const end of [below, above]) expect(Number(end.toPrecision(12))).toBe(end);
        expect(score - below).toBeLessThanOrEqual(1.0001e-11 * score);
      }),
    );
    expect(roundDown(0.09999999999996)).toBe(0.0999999999999);
  });
});
