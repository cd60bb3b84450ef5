import { describe, test } from 'vitest';
import { createConfig, scoreFiles, writeRows } from '../evaluation/scoring.ts';
import { type Differences, expectAgreement, LABELS, PREDICTIONS } from './agreement.ts';
import oracle from './fixtures/classification.json' with { type: 'json' };

const refuse = (because: string) => ({ ours: null, because });
const MCC = refuse('0/0: scikit-learn puts 0 there');
const AVERAGE = refuse(
  'an average over the classes that have a number is another metric than the one over all of them',
);
const RANKED = refuse('nothing is ranked against nothing: scikit-learn’s 1 says only that all rows are positive');
const ALONE = refuse('scikit-learn leaves the pairs with a class without rows out, and says nothing');

/** By case, why we have no number, or another, where scikit-learn has one. */
const DIFFERENCES: Readonly<Record<string, Differences>> = {
  'all scores equal': { mcc: MCC, 'macro-precision': AVERAGE, 'weighted-precision': AVERAGE },
  'no positive row': { mcc: MCC, 'macro-recall': AVERAGE },
  'no negative row': { mcc: MCC, 'macro-recall': AVERAGE, 'average-precision': RANKED },
  'nothing predicted positive': { mcc: MCC, 'macro-precision': AVERAGE, 'weighted-precision': AVERAGE },
  'one row': {
    'balanced-accuracy': { ours: 1, because: 'scikit-learn has 1 as well, but warns of the single class' },
    'average-precision': RANKED,
  },
  'two rows': { mcc: MCC, 'macro-precision': AVERAGE, 'weighted-precision': AVERAGE },
  'a class without a row': { 'macro-recall': AVERAGE, 'roc-auc-ovo': ALONE, 'roc-auc-ovo-weighted': ALONE },
};

/** By the names of the true and of the predicted class. */
const COSTS = Object.fromEntries(
  oracle.costs.map((row, at) => [at, Object.fromEntries(row.map((cost, to) => [to, cost]))]),
);

describe('scikit-learn agrees on two classes', () => {
  test.each(oracle.binary)('$name', async ({ name, truth, predicted, score, weight, metrics }) => {
    const config = createConfig('binary-classification', {
      predictions: { ...PREDICTIONS, scores: 'p' },
      labels: { ...LABELS, ...(weight ? { weight: 'w' } : {}) },
      positive: '1',
      metrics: Object.keys(metrics),
      costs: COSTS,
    });
    const rows = writeRows(truth, predicted, weight ? { w: weight } : {}, { p: score });
    expectAgreement(await scoreFiles(config, rows), metrics, DIFFERENCES[name]);
  });
});

describe('scikit-learn agrees on more classes', () => {
  test.each(oracle.multiclass)('$name', async ({ name, truth, predicted, scores, weight, metrics }) => {
    const classes = (scores[0] ?? []).map((_, at) => `p${at}`);
    const config = createConfig('multiclass-classification', {
      predictions: { ...PREDICTIONS, scores: Object.fromEntries(classes.map((column, at) => [String(at), column])) },
      labels: { ...LABELS, ...(weight ? { weight: 'w' } : {}) },
      metrics: Object.keys(metrics),
    });
    const columns = Object.fromEntries(classes.map((column, at) => [column, scores.map((row) => row[at] ?? 0)]));
    const rows = writeRows(truth, predicted, weight ? { w: weight } : {}, columns);
    expectAgreement(await scoreFiles(config, rows), metrics, DIFFERENCES[name]);
  });
});
