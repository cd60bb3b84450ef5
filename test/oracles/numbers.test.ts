import { describe, test } from 'vitest';
import { createConfig, scoreFiles, writeRows } from '../evaluation/scoring.ts';
import { expectAgreement, LABELS, PREDICTIONS } from './agreement.ts';
import oracle from './fixtures/numbers.json' with { type: 'json' };

describe('scikit-learn agrees on numbers', () => {
  test.each(oracle.regression)('$name', async ({ truth, predicted, low, high, weight, metrics }) => {
    const config = createConfig('regression', {
      predictions: { ...PREDICTIONS, limits: { low: 'low', high: 'high' } },
      labels: { ...LABELS, ...(weight ? { weight: 'w' } : {}) },
      metrics: Object.keys(metrics),
    });
    const rows = writeRows(truth, predicted, weight ? { w: weight } : {}, { low, high });
    expectAgreement(await scoreFiles(config, rows), metrics);
  });
});

describe('scikit-learn agrees on orders', () => {
  test.each(oracle.ranking)('forty queries', async ({ query, relevance, score, metrics }) => {
    const config = createConfig('ranking', {
      labels: { ...LABELS, query: 'query' },
      metrics: Object.keys(metrics),
    });
    expectAgreement(await scoreFiles(config, writeRows(relevance, score, { query })), metrics);
  });
});
