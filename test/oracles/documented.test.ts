import { describe, expect, test } from 'vitest';
import { computeChiSquareTail } from '../../src/statistics/chi-square.ts';
import { computeMcNemar } from '../../src/statistics/mcnemar.ts';
import { computeNormalTail, findNormalLimit } from '../../src/statistics/normal.ts';
import { createConfig, findMetric, scoreFiles, writeRows } from '../evaluation/scoring.ts';

/**
 * Numbers that libraries print in their own documentation, beside those that are computed in the other files. Of pROC’s own
 * data, which is under the GPL, there are the numbers and not the rows: those of delong.json stand in. McNemar’s chi-square has
 * no function here, as ours is the exact test; only its tail is checked. The ECE of .309 of twenty rows in ten bins of one
 * class’s score is another number than ours in fifteen bins of the top score, for which classification.json has rows.
 */
describe('scikit-learn’s documentation', () => {
  test('precision_recall_fscore_support', async () => {
    const names = ['precision', 'recall', 'f1'];
    const metrics = ['micro', 'weighted'].flatMap((average) => names.map((name) => `${average}-${name}`));
    const config = createConfig('multiclass-classification', { metrics: [...metrics, 'f1'] });
    const evidence = await scoreFiles(config, writeRows([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]));
    for (const name of names) expect(findMetric(evidence, `micro-${name}`).value).toBeCloseTo(1 / 3, 11);
    expect(findMetric(evidence, 'weighted-precision').value).toBeCloseTo(2 / 9, 11);
    expect(findMetric(evidence, 'weighted-recall').value).toBeCloseTo(1 / 3, 11);
    expect(findMetric(evidence, 'weighted-f1').value).toBeCloseTo(4 / 15, 11);
    const byClass = evidence.metrics
      .filter(({ name }) => name === 'f1')
      .map(({ positive, value }) => [positive, value]);
    expect(byClass).toEqual([
      ['0', 0.8],
      ['1', 0],
      ['2', 0],
    ]);
  });

  test('mean_absolute_percentage_error, median_absolute_error, explained_variance_score', async () => {
    const config = createConfig('regression', {
      metrics: ['mape', 'median-absolute-error', 'explained-variance', 'mse'],
    });
    const evidence = await scoreFiles(config, writeRows([3, -0.5, 2, 7], [2.5, 0, 2, 8]));
    expect(findMetric(evidence, 'mape').value).toBeCloseTo(0.3273809523809524, 11);
    expect(findMetric(evidence, 'median-absolute-error').value).toBe(0.5);
    expect(findMetric(evidence, 'explained-variance').value).toBeCloseTo(0.9571734475374732, 11);
    expect(findMetric(evidence, 'mse').value).toBe(0.375);
  });

  test('mean_pinball_loss', async () => {
    const config = createConfig('regression', { metrics: ['pinball@0.1', 'pinball@0.9'] });
    const evidence = await scoreFiles(config, writeRows([1, 2, 3], [0, 2, 3]));
    expect(findMetric(evidence, 'pinball@0.1').value).toBeCloseTo(0.03333333333333333, 11);
    expect(findMetric(evidence, 'pinball@0.9').value).toBeCloseTo(0.3, 11);
  });
});

describe('statsmodels and R', () => {
  test('mcnemar of 121 against 59 and of 5 against 15, exact', () => {
    expect((2 * computeMcNemar(121, 59).above) / 4.4344492637551645e-6).toBeCloseTo(1, 11);
    expect(2 * computeMcNemar(5, 15).below).toBeCloseTo(0.04138946533203125, 14);
  });

  test('mcnemar of 121 against 59 by chi-square, proportions_ztest of 30/100 against 45/110, DeLong’s z of .2132', () => {
    const corrected = (Math.abs(121 - 59) - 1) ** 2 / (121 + 59);
    expect(corrected).toBeCloseTo(20.67222222222222, 12);
    expect(computeChiSquareTail(corrected, 1) / 5.450094825427117e-6).toBeCloseTo(1, 11);
    expect(2 * computeNormalTail(1.6477716817422)).toBeCloseTo(0.09939953216165574, 12);
    expect(2 * computeNormalTail(0.213200716355609)).toBeCloseTo(0.831170409541763, 12);
  });

  test('roc.test of wfns and s100b of aSAH, from the areas, variances and covariance that pROC 1.18.0 prints', () => {
    const difference = 0.823678861788618 - 0.731368563685637;
    const error = Math.sqrt(0.00146991470882363 + 0.00266868245717244 - 2 * 0.00119615567376754);
    expect(difference / error).toBeCloseTo(2.20898359144091, 12);
    expect(2 * computeNormalTail(difference / error)).toBeCloseTo(0.0271757822291882, 12);
    const half = findNormalLimit(0.025) * error;
    expect(difference - half).toBeCloseTo(0.0104061769564846, 10);
    expect(difference + half).toBeCloseTo(0.1742144192419494, 10);
  });
});

test('R’s UCBAdmissions: a man is admitted more often than a woman, over all departments', async () => {
  const groups = [
    { sex: 'male', admitted: 1198, all: 2691 },
    { sex: 'female', admitted: 557, all: 1835 },
  ];
  const rows = groups.flatMap(({ sex, admitted, all }) =>
    Array.from({ length: all }, (_, row) => ({ sex, predicted: row < admitted ? 1 : 0 })),
  );
  const rule = { id: 'parity', metric: 'demographic-parity-difference', positive: '1', group: 'sex', max: 0.2 };
  const config = createConfig('binary-classification', {}, [rule]);
  const predicted = rows.map((row) => row.predicted);
  const evidence = await scoreFiles(config, writeRows(predicted, predicted, { sex: rows.map(({ sex }) => sex) }));
  expect(findMetric(evidence, rule.metric).value).toBeCloseTo(1198 / 2691 - 557 / 1835, 11);
});
