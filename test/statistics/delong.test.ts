import { describe, expect, test } from 'vitest';
import { computeAuc, computeAucInterval } from '../../src/statistics/delong.ts';
import { sumPlaces } from './places.ts';

describe('the area under the ROC curve', () => {
  test('agrees with scikit-learn', () => {
    // scikit-learn 1.2.1, roc_auc_score, the example of its documentation
    expect(computeAuc(sumPlaces([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))?.value).toBe(0.75);
  });

  test('counts a tie as half', () => {
    // scikit-learn 1.2.1, roc_auc_score
    const auc = computeAuc(sumPlaces([0, 1, 0, 1, 1, 0], [0.5, 0.5, 0.5, 0.7, 0.3, 0.3]));
    expect(auc?.value).toBeCloseTo(0.6111111111111112, 14);
  });

  // R pROC 1.18.0, roc() and var() with method "delong"
  const truth = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  test.each([
    [[0.1, 0.2, 0.35, 0.4, 0.6, 0.3, 0.55, 0.6, 0.7, 0.9], 0.82, 0.0208],
    [[0.2, 0.1, 0.5, 0.3, 0.65, 0.4, 0.35, 0.6, 0.8, 0.7], 0.8, 0.024],
  ])('has the variance that pROC gives', (scores, value, variance) => {
    const auc = computeAuc(sumPlaces(truth, scores));
    expect(auc?.value).toBeCloseTo(value, 14);
    expect(auc?.variance).toBeCloseTo(variance, 14);
  });

  test('does not exist without rows on both sides', () => {
    expect(computeAuc(sumPlaces([1, 1], [0.2, 0.3]))).toBeUndefined();
    expect(computeAuc(sumPlaces([0, 0], [0.2, 0.3]))).toBeUndefined();
  });

  test('has no variance with one row on a side, and no interval where nothing varies', () => {
    const single = computeAuc(sumPlaces([1, 0, 0], [0.9, 0.2, 0.3]));
    expect(single).toEqual({ value: 1, variance: undefined });
    expect(single && computeAucInterval(single, 0.95)).toBeUndefined();
    const perfect = computeAuc(sumPlaces([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.3]));
    expect(perfect && computeAucInterval(perfect, 0.95)).toBeUndefined();
  });

  test('has an interval that stays between 0 and 1', () => {
    const auc = computeAuc(sumPlaces(truth, [0.1, 0.2, 0.35, 0.4, 0.6, 0.3, 0.55, 0.6, 0.7, 0.9]));
    const limits = auc && computeAucInterval(auc, 0.95);
    // 0.82 − 1.959963984540054 · √0.0208, and 1 where the upper limit would be 1.1027
    expect(limits?.low).toBeCloseTo(0.53733, 5);
    expect(limits?.high).toBe(1);
  });
});
