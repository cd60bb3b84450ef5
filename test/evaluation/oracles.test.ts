import { describe, expect, test } from 'vitest';
import { createConfig, findMetric, scoreFiles, writeRows } from './scoring.ts';

describe('classification agrees with scikit-learn 1.2.1', () => {
  const macro = ['accuracy', 'macro-precision', 'macro-recall', 'macro-f1', 'mcc', 'balanced-accuracy'];

  test('on the example of precision_recall_fscore_support', async () => {
    const config = createConfig('multiclass-classification', { metrics: macro });
    const evidence = await scoreFiles(config, writeRows([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]));
    // precision_score, recall_score, f1_score with average="macro"; matthews_corrcoef
    expect(findMetric(evidence, 'macro-precision').value).toBeCloseTo(0.2222222222222222, 14);
    expect(findMetric(evidence, 'macro-recall').value).toBeCloseTo(0.3333333333333333, 14);
    expect(findMetric(evidence, 'macro-f1').value).toBeCloseTo(0.26666666666666666, 14);
    expect(findMetric(evidence, 'mcc').value).toBe(0);
    expect(findMetric(evidence, 'accuracy').value).toBeCloseTo(1 / 3, 14);
    expect(evidence.outcome).toBe('pass');
  });

  test('on the example of confusion_matrix', async () => {
    const config = createConfig('multiclass-classification', {});
    const evidence = await scoreFiles(config, writeRows([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]));
    expect(evidence.confusion).toEqual({
      classes: ['0', '1', '2'],
      counts: [
        [2, 0, 0],
        [0, 0, 1],
        [1, 0, 2],
      ],
    });
  });

  test('on the example of balanced_accuracy_score', async () => {
    const config = createConfig('binary-classification', { metrics: ['balanced-accuracy'] });
    const evidence = await scoreFiles(config, writeRows([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]));
    expect(findMetric(evidence, 'balanced-accuracy').value).toBe(0.625);
  });

  test('on the example of matthews_corrcoef', async () => {
    const config = createConfig('binary-classification', { metrics: ['mcc'] });
    const evidence = await scoreFiles(config, writeRows([1, 1, 1, -1], [1, -1, 1, 1]));
    expect(findMetric(evidence, 'mcc').value).toBeCloseTo(-1 / 3, 14);
  });

  test('on the examples of roc_auc_score, and with ties', async () => {
    const config = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
      positive: '1',
      metrics: ['roc-auc'],
    });
    const plain = writeRows([0, 0, 1, 1], [0, 0, 0, 1], {}, { p: [0.1, 0.4, 0.35, 0.8] });
    expect(findMetric(await scoreFiles(config, plain), 'roc-auc').value).toBe(0.75);
    const tied = writeRows([0, 1, 0, 1, 1, 0], [0, 0, 0, 1, 0, 0], {}, { p: [0.5, 0.5, 0.5, 0.7, 0.3, 0.3] });
    expect(findMetric(await scoreFiles(config, tied), 'roc-auc').value).toBeCloseTo(0.6111111111111112, 14);
  });

  test('on the example of log_loss', async () => {
    const config = createConfig('binary-classification', {
      predictions: {
        path: 'out/predictions.csv',
        id: 'id',
        prediction: 'predicted',
        scores: { ham: 'h', spam: 's' },
      },
      metrics: ['log-loss'],
    });
    const rows = writeRows(
      ['spam', 'ham', 'ham', 'spam'],
      ['spam', 'ham', 'ham', 'spam'],
      {},
      { h: [0.1, 0.9, 0.8, 0.35], s: [0.9, 0.1, 0.2, 0.65] },
    );
    expect(findMetric(await scoreFiles(config, rows), 'log-loss').value).toBeCloseTo(0.21616187468057912, 14);
  });

  test('on the example of brier_score_loss', async () => {
    const config = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
      positive: '1',
      metrics: ['brier'],
    });
    const rows = writeRows([0, 1, 1, 0], [0, 1, 1, 0], {}, { p: [0.1, 0.9, 0.8, 0.3] });
    expect(findMetric(await scoreFiles(config, rows), 'brier').value).toBeCloseTo(0.0375, 14);
  });

  test('on twenty scores', async () => {
    const config = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
      positive: 'yes',
      metrics: ['brier', 'log-loss', 'roc-auc'],
    });
    const index = Array.from({ length: 20 }, (_, i) => i);
    const p = index.map((i) => ((7 * i) % 20) / 20 + 0.02);
    const truth = index.map((i) => ((3 * i) % 7 < 3 ? 'yes' : 'no'));
    const evidence = await scoreFiles(
      config,
      writeRows(
        truth,
        p.map((score) => (score > 0.5 ? 'yes' : 'no')),
        {},
        { p },
      ),
    );
    // brier_score_loss, log_loss, roc_auc_score of i = 0…19: p = ((7i) mod 20)/20 + 0.02, y = (3i mod 7) < 3
    expect(findMetric(evidence, 'brier').value).toBeCloseTo(0.31515, 12);
    expect(findMetric(evidence, 'log-loss').value).toBeCloseTo(0.9565440406604789, 12);
    expect(findMetric(evidence, 'roc-auc').value).toBeCloseTo(0.5353535353535352, 12);
  });
});

describe('calibration', () => {
  test('is the distance of confidence and accuracy in fifteen bins of the top score', async () => {
    const config = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
      positive: 'yes',
      metrics: ['ece'],
    });
    const truth = ['yes', 'yes', 'no', 'no'];
    const rows = writeRows(truth, truth, {}, { p: [0.9, 0.91, 0.92, 0.3] });
    // By hand: .9, .91, .92 in bin 14 of 15 with accuracy 2/3 and mean .91; .7 for `no` alone, right.
    const value = (3 / 4) * (0.91 - 2 / 3) + (1 / 4) * 0.3;
    expect(findMetric(await scoreFiles(config, rows), 'ece').value).toBeCloseTo(value, 12);
  });

  test('credits a tie of the top scores with its share', async () => {
    const config = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
      positive: 'yes',
      metrics: ['ece'],
    });
    const rows = writeRows(['yes', 'no'], ['yes', 'no'], {}, { p: [0.5, 0.5] });
    expect(findMetric(await scoreFiles(config, rows), 'ece').value).toBe(0);
  });

  test('of more classes sums the squares of the Brier score over all of them', async () => {
    const config = createConfig('multiclass-classification', {
      predictions: {
        path: 'out/predictions.csv',
        id: 'id',
        prediction: 'predicted',
        scores: { a: 'pa', b: 'pb', c: 'pc' },
      },
      metrics: ['brier'],
    });
    const rows = writeRows(['a', 'c'], ['a', 'b'], {}, { pa: [0.7, 0.1], pb: [0.2, 0.6], pc: [0.1, 0.3] });
    // Brier (1950), by hand: (.09 + .04 + .01 + .01 + .36 + .49) / 2
    expect(findMetric(await scoreFiles(config, rows), 'brier').value).toBeCloseTo(0.5, 12);
  });
});

describe('regression agrees with scikit-learn 1.2.1', () => {
  test('on the example of mean_absolute_error, mean_squared_error and r2_score', async () => {
    const config = createConfig('regression', { metrics: ['mae', 'rmse', 'r2'] });
    const evidence = await scoreFiles(config, writeRows([3, -0.5, 2, 7], [2.5, 0, 2, 8]));
    expect(findMetric(evidence, 'mae').value).toBe(0.5);
    expect(findMetric(evidence, 'rmse').value).toBeCloseTo(Math.sqrt(0.375), 14);
    expect(findMetric(evidence, 'r2').value).toBeCloseTo(0.9486081370449679, 14);
    expect(evidence.confusion).toBeNull();
  });

  test('keeps every digit of labels that hardly differ', async () => {
    const config = createConfig('regression', { metrics: ['r2', 'rmse'] });
    const truth = Array.from({ length: 100 }, (_, row) => 1e7 + (row % 2 === 0 ? 0.125 : 0.375));
    const evidence = await scoreFiles(
      config,
      writeRows(
        truth,
        truth.map((value) => value + 0.0625),
      ),
    );
    // By hand: errors of 1/16, labels 1/8 from their mean
    expect(findMetric(evidence, 'r2').value).toBeCloseTo(0.75, 12);
    expect(findMetric(evidence, 'rmse').value).toBe(0.0625);
  });
});

describe('fairness agrees with fairlearn', () => {
  test('on the example of its user guide', async () => {
    // common_fairness_metrics.rst: demographic_parity_difference 0.25
    const truth = [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    const predicted = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0];
    const group = 'b b a b b c c c a a c a b c c b c c'.split(' ');
    const rule = { id: 'parity', metric: 'demographic-parity-difference', positive: '1', group: 'sf', max: 0.3 };
    const config = createConfig('binary-classification', {}, [rule]);
    const evidence = await scoreFiles(config, writeRows(truth, predicted, { sf: group }));
    const metric = findMetric(evidence, 'demographic-parity-difference');
    expect(metric).toMatchObject({ group: 'sf', positive: '1', n: 4, value: 0.25 });
  });
});
