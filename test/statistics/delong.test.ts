import { describe, expect, test } from 'vitest';
import { addRestInfluences } from '../../src/statistics/area-influences.ts';
import { argsort } from '../../src/statistics/argsort.ts';
import { computeVariance, type Influences, sumInfluences } from '../../src/statistics/influence.ts';
import { limitDifference, limitShare } from '../../src/statistics/influence-limits.ts';
import { computeNormalTail } from '../../src/statistics/normal.ts';
import { placeAgainstRest } from '../../src/statistics/placements.ts';
import { sumClasses } from '../../src/statistics/ranking.ts';

type Scores = readonly number[];

/** The areas of one or two models on the same rows, with their variances and covariance. */
function compare(truth: readonly number[], ...models: readonly [Scores] | readonly [Scores, Scores]) {
  const rows = {
    classes: Int32Array.from(truth),
    classCount: 2,
    parts: new Int32Array(truth.length),
    partCount: 1,
    weights: undefined,
  };
  const totals = sumClasses(rows);
  const placed = models.map((model) => {
    const scores = Float64Array.from(model);
    return placeAgainstRest({ scores, order: argsort(scores), rows }, 1, totals);
  });
  const influences = placed.map((placements) => {
    const into = new Float64Array(truth.length);
    addRestInfluences(into, { rows, totals, independent: true }, 1, placements, Float64Array.of(1));
    return into;
  });
  const [sums] = sumInfluences(influences as unknown as Influences, rows.parts, 1, undefined);
  if (!sums) throw new Error('there are no sums');
  const first = computeVariance(sums, models.length - 1, 1);
  const second = computeVariance(sums, 0, 1);
  const difference = computeVariance(sums, 1, 0);
  return {
    areas: placed.map(({ areas }) => areas[0] ?? Number.NaN),
    variances: models.length > 1 ? [first.variance, second.variance] : [second.variance],
    covariance: (first.variance + second.variance - difference.variance) / 2,
    z: ((placed[0]?.areas[0] ?? 0) - (placed[1]?.areas[0] ?? 0)) / Math.sqrt(difference.variance),
    spread: models.length > 1 ? difference : second,
  };
}

describe('the area under the ROC curve', () => {
  const truth = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  const first = [0.1, 0.2, 0.35, 0.4, 0.6, 0.3, 0.55, 0.6, 0.7, 0.9];
  const second = [0.2, 0.1, 0.5, 0.3, 0.65, 0.4, 0.35, 0.6, 0.8, 0.7];

  test('agrees with scikit-learn, a tie counting half', () => {
    // scikit-learn 1.2.1, roc_auc_score
    expect(compare([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).areas).toEqual([0.75]);
    expect(compare([0, 1, 0, 1, 1, 0], [0.5, 0.5, 0.5, 0.7, 0.3, 0.3]).areas[0]).toBeCloseTo(0.6111111111111112, 14);
  });

  test('has the variances, the covariance and the z that pROC gives', () => {
    // R pROC 1.18.0: var(), cov() and roc.test(paired = TRUE), method "delong"
    const found = compare(truth, first, second);
    expect(found.areas).toEqual([expect.closeTo(0.82, 14), expect.closeTo(0.8, 14)]);
    expect(found.variances).toEqual([expect.closeTo(0.0208, 14), expect.closeTo(0.024, 14)]);
    expect(found.covariance).toBeCloseTo(0.018, 14);
    expect(found.z).toBeCloseTo(0.213200716355609, 12);
  });

  test('has them for the data of the paper of 1988', () => {
    // The 43 complete rows as SAS/STAT prints them, "Comparing ROC curves": albumin, total protein, K-G score, died or not.
    const rows = PAPER.map((row) => row.split(' ').map(Number));
    const column = (at: number) => rows.map((row) => row[at] ?? Number.NaN);
    const [albumin, protein, score] = [column(0), column(1), column(2).map((value) => 10 - value)];
    const died = column(3);
    // R pROC 1.18.0 on these rows; SAS prints the same to six digits.
    const kg = compare(died, albumin, score);
    expect(kg.areas).toEqual([expect.closeTo(0.73655913978494625, 14), expect.closeTo(0.7258064516129032, 14)]);
    expect(kg.variances.map(Math.sqrt)).toEqual([
      expect.closeTo(0.09269434605240268, 12),
      expect.closeTo(0.1028216089800476, 12),
    ]);
    expect(kg.covariance).toBeCloseTo(0.005037059810733067, 12);
    expect(kg.z).toBeCloseTo(0.1127782690445265, 10);
    expect(2 * computeNormalTail(kg.z)).toBeCloseTo(0.910206, 6);
    expect(kg.z ** 2).toBeCloseTo(0.0127, 4);
    const total = compare(died, protein, score);
    expect(total.areas[0]).toBeCloseTo(0.6478494623655914, 14);
    expect(Math.sqrt(total.variances[0] ?? 0)).toBeCloseTo(0.1000473755837419, 12);
    expect(total.z).toBeCloseTo(-0.7452183896579927, 10);
    expect(2 * computeNormalTail(-total.z)).toBeCloseTo(0.45614, 6);
    expect(total.z ** 2).toBeCloseTo(0.5554, 4);
  });

  test('does not exist without rows on both sides', () => {
    expect(compare([1, 1], [0.2, 0.3]).areas).toEqual([Number.NaN]);
    expect(compare([0, 0], [0.2, 0.3]).areas).toEqual([Number.NaN]);
  });

  test('has no limits where no row’s place differs from another’s', () => {
    const { areas, spread } = compare([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.3]);
    expect(areas).toEqual([1]);
    expect(limitShare(1, spread, 0.025)).toEqual({ reason: 'its rows do not vary' });
    expect(limitDifference(0, compare(truth, first, first).spread, 0.025)).toEqual({ reason: 'its rows do not vary' });
  });

  test('has no limits with one row on a side', () => {
    const { spread } = compare([1, 0, 0], [0.25, 0.2, 0.3]);
    expect(limitShare(0.5, spread, 0.025)).toEqual({ reason: 'its rows do not vary' });
  });
});

describe('limits of an area', () => {
  const rows = Array.from({ length: 100 }, (_, i) => i);
  const truth = rows.map((i) => i % 2);
  const { areas, spread } = compare(
    truth,
    rows.map((i) => ((37 * i) % 101) / 101 + (i % 2) / 4),
  );

  test('stay between 0 and 1, however small the error', () => {
    for (const tail of [0.1, 0.01, 1e-6]) {
      const limits = limitShare(areas[0] ?? 0, spread, tail);
      if ('reason' in limits) throw new Error(limits.reason);
      expect(limits.low).toBeGreaterThan(0);
      expect(limits.high).toBeLessThan(1);
      expect(limits.low).toBeLessThan(areas[0] ?? 0);
    }
  });

  test('are never surer than that many rows that all say the same', () => {
    const limits = limitShare(
      0.98,
      { units: 200, variance: 1e-6, effective: 50, freedom: 90, skewness: 0 },
      0.05,
      0.86,
    );
    expect(limits).toEqual({ low: 0.86, high: expect.closeTo(0.9817, 3) });
  });

  test('lie further out on the side of the longer tail', () => {
    const spread = { units: 200, variance: 4e-4, effective: 50, freedom: 90, skewness: 0 };
    const [plain, skewed] = [limitShare(0.9, spread, 0.05), limitShare(0.9, { ...spread, skewness: -0.4 }, 0.05)];
    if ('reason' in plain || 'reason' in skewed) throw new Error('there are no limits');
    expect(skewed.low).toBeLessThan(plain.low - 0.003);
    expect(skewed.high).toBe(plain.high);
  });

  test('are refused where fewer rows matter than the error could tell apart', () => {
    expect(limitShare(areas[0] ?? 0, spread, 1e-300)).toEqual({ reason: 'too few of the rows matter to it' });
    expect(limitDifference(0.1, { units: 20, variance: 0.01, effective: 4.9, freedom: 4, skewness: 0 }, 0.05)).toEqual({
      reason: 'too few of the rows matter to it',
    });
  });
});

const PAPER =
  `3.0 5.8 10 0,3.2 6.3 5 1,3.9 6.8 3 1,2.8 4.8 6 0,3.2 5.8 3 1,0.9 4.0 5 0,2.5 5.7 8 0,1.6 5.6 5 1,3.8 5.7 5 1,
3.7 6.7 6 1,3.2 5.4 4 1,3.8 6.6 6 1,4.1 6.6 5 1,3.6 5.7 5 1,4.3 7.0 4 1,3.6 6.7 4 0,2.3 4.4 6 1,4.2 7.6 4 0,4.0 6.6 6 0,
3.5 5.8 6 1,3.8 6.8 7 1,3.0 4.7 8 0,4.5 7.4 5 1,3.7 7.4 5 1,3.1 6.6 6 1,4.1 8.2 6 1,4.3 7.0 5 1,4.3 6.5 4 1,3.2 5.1 5 1,
2.6 4.7 6 1,3.3 6.8 6 0,1.7 4.0 7 0,3.7 6.1 5 1,3.3 6.3 7 1,4.2 7.7 6 1,3.5 6.2 5 1,2.9 5.7 9 0,2.1 4.8 7 1,2.8 6.2 8 0,
4.0 7.0 7 1,3.3 5.7 6 1,3.7 6.9 5 1,3.6 6.6 5 1`
    .split(',')
    .map((row) => row.trim());
