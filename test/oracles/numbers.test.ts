import { describe, test } from 'vitest';
import { createConfig, scoreFiles, writeRows } from '../evaluation/scoring.ts';
import { expectAgreement, LABELS } from './agreement.ts';
import oracle from './fixtures/numbers.json' with { type: 'json' };

describe('scikit-learn agrees on numbers', () => {
  test.each(oracle.regression)('$name', async ({ truth, predicted, weight, metrics }) => {
    const config = createConfig('regression', {
      labels: { ...LABELS, ...(weight ? { weight: 'w' } : {}) },
      metrics: Object.keys(metrics),
    });
    expectAgreement(await scoreFiles(config, writeRows(truth, predicted, weight ? { w: weight } : {})), metrics);
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
