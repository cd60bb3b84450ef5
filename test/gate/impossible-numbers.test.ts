import { describe, expect, test } from 'vitest';
import { findRowEvaluation } from '../../src/config/row-evaluation.ts';
import type { EvaluationEvidence, Metric } from '../../src/evidence/schema/evaluation.ts';
import { findImpossibleNumber } from '../../src/gate/impossible-numbers.ts';
import { createConfig } from './evaluations.ts';
import { createRun, judge } from './runs.ts';

const BARE = createConfig([]);
const evaluate = findRowEvaluation(BARE);
if (!evaluate) throw new Error('no evaluation');
const WEIGHTED = { ...BARE, evaluate: { ...evaluate, labels: { ...evaluate.labels, weight: 'w' } } };
const REPORTED = {
  ...BARE,
  evaluate: {
    ...evaluate,
    reported: [{ path: 'm.json', metrics: { bleu: { key: 'bleu', direction: 'higher' as const } } }],
  },
};

function find(metric: Partial<Metric>, confusion: EvaluationEvidence['confusion'] = null, config = BARE) {
  return findImpossibleNumber(
    { metrics: [{ name: 'accuracy', n: 10, value: 0.9, source: 'computed', ...metric }], confusion },
    config,
  );
}

describe('a number is impossible', () => {
  const confusion = {
    classes: ['a', 'b'],
    counts: [
      [5, 1],
      [2, 2],
    ],
  };

  test.each<[what: string, found: string | undefined, reason: string | undefined]>([
    ['within its range', find({}), undefined],
    ['over its range', find({ value: 1.2 }), 'its accuracy of 1.2 is impossible'],
    ['under its range', find({ name: 'log-loss', value: -0.1 }), 'its log-loss of -0.1 is impossible'],
    ['over its range with a parameter', find({ name: 'f-beta@2', value: 1.5 }), 'its f-beta@2 of 1.5 is impossible'],
    ['over its range by rounding', find({ value: 1 + 1e-12 }), undefined],
    ['without a value', find({ value: null }), undefined],
    [
      'that somebody reported in place of ours',
      find({ source: 'reported' }),
      'its accuracy is reported, and should be computed',
    ],
    [
      'of ours in place of what was reported',
      find({ name: 'bleu', value: 31 }, null, REPORTED),
      'its bleu is computed, and should be reported',
    ],
    ['reported, of any size', find({ name: 'bleu', source: 'reported', value: 31 }, null, REPORTED), undefined],
    ['that its confusion matrix has', find({ value: 0.7 }, confusion), undefined],
    [
      'that its confusion matrix denies',
      find({ value: 0.9 }, confusion),
      'its accuracy of 0.9 is not that of its confusion matrix',
    ],
    [
      'of a matrix without rows',
      find({ value: 0.9 }, { classes: ['a'], counts: [[0]] }),
      'its accuracy of 0.9 is not that of its confusion matrix',
    ],
    ['weighted, which no matrix of counts denies', find({ value: 0.9 }, confusion, WEIGHTED), undefined],
    ['of a slice, which no matrix tells', find({ slice: { column: 'a', value: 'b' } }, confusion), undefined],
    [
      'whose limits are swapped',
      find({ interval: { low: 0.95, high: 0.85, level: 0.95, method: 'wilson' } }),
      'the limits of its accuracy stand the wrong way round',
    ],
  ])('%s', (_what, found, reason) => {
    expect(found).toBe(reason);
  });

  test('and then its evidence does not count', () => {
    const run = createRun();
    const metrics = run.evaluation.metrics.map((metric) => ({ ...metric, source: 'reported' as const }));
    const evaluation = { ...run.evaluation, metrics };
    const decision = judge({ evidence: { ...run, evaluation } });
    expect(decision.outcome).toBe('cannot-measure');
    expect(decision.stages.at(-1)?.reason).toBe(
      'the evaluation evidence does not count: its accuracy is reported, and should be computed',
    );
  });
});
