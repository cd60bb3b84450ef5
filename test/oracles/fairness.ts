import { createConfig, scoreFiles, writeRows } from '../evaluation/scoring.ts';
import { expectAgreement, LABELS, type Numbers, PREDICTIONS } from './agreement.ts';

/** Rows of groups, and what fairlearn says of them. */
export interface FairnessCase {
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
  readonly group: readonly string[];
  readonly weight?: readonly number[];
  readonly score?: readonly number[];
  readonly metrics: Numbers;
}

/** Scores the rows and compares every metric. */
export async function expectFairness({ truth, predicted, group, weight, score, metrics }: FairnessCase): Promise<void> {
  const rules = Object.keys(metrics).map((metric) => ({ id: metric, metric, group: 'sf', max: 1 }));
  const config = createConfig(
    'binary-classification',
    {
      labels: { ...LABELS, ...(weight ? { weight: 'w' } : {}) },
      predictions: { ...PREDICTIONS, ...(score ? { scores: 'p' } : {}) },
      positive: '1',
    },
    rules,
  );
  const rows = writeRows(truth, predicted, { sf: group, ...(weight ? { w: weight } : {}) }, score ? { p: score } : {});
  expectAgreement(await scoreFiles(config, rows), metrics);
}
