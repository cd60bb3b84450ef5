import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { Curve, EvaluationEvidence, OperatingPoint } from '../../src/evidence/schema/evaluation.ts';
import type { Comparison, RuleCase } from '../../src/evidence/schema/verdict.ts';
import {
  createCase,
  createEvaluation,
  createEvidence,
  createFile,
  createMetric,
  createRule,
  createVerdict,
} from '../support/evidence.ts';

/** A candidate beside two baselines: one row by row, one whose predictions are gone. */
export const COMPARISONS: readonly Comparison[] = [
  {
    baseline: 'base',
    rows: 115,
    disagreements: 9,
    broken: { count: 3, ids: ['p017', 'p101', 'p102'] },
    fixed: { count: 102, ids: Array.from({ length: 100 }, (_, index) => `q${index}`) },
    moved: { metric: 'accuracy', column: 'island', value: 'Dream', n: 41, difference: -2 / 41, withinNoise: true },
  },
  { baseline: 'production', rows: 0, disagreements: 0, reason: 'its predictions are not released' },
];

const NO_ERROR = 'the file has no standard error of it';

const OPERATING_POINT: OperatingPoint = {
  threshold: 0.4213,
  positive: 'Adelie',
  chosenBy: 'recall of at least 0.95',
  achieved: 0.9574,
  rows: 230,
  predictions: createFile('out/validation.csv'),
  labels: createFile('data/validation.csv'),
};

/** A curve of every kind, of one class. */
export function createCurves(positive: string): Curve[] {
  const points = (bend: number): Curve['points'] =>
    Array.from({ length: 21 }, (_, index) => [index / 20, (index / 20) ** bend, index + 1]);
  return [
    { kind: 'roc', positive, points: points(0.2) },
    { kind: 'precision-recall', positive, points: points(0) },
    { kind: 'calibration', positive, points: points(1.1) },
  ];
}

function createSureCases(): RuleCase[] {
  const bounds = { low: -0.0614, high: 0.0181, confidence: 0.95, error: 0.025, method: 'Tango', paired: true };
  return [
    createCase({
      slice: 'Biscoe',
      candidate: 55 / 56,
      baseline: 54 / 56,
      difference: 1 / 56,
      bounds: { ...bounds, low: -0.0244, high: 0.0714 },
      reason: 'it is at most 0.0244 worse than base, and 0.05 is allowed',
    }),
    createCase({
      slice: 'Torgersen',
      outcome: 'cannot-measure',
      candidate: 17 / 18,
      baseline: 17 / 18,
      difference: 0,
      bounds,
      rowsNeeded: 1204,
      reason: 'it may be 0.0614 worse than base, and 0.05 is allowed',
    }),
  ];
}

/** An evaluation with everything that statistics add: curves, an operating point, reported numbers, unseen classes. */
export function createMeasuredEvaluation(overrides: Partial<EvaluationEvidence> = {}): EvaluationEvidence {
  const { metrics, join } = createEvaluation();
  const byClass = ['Adelie', 'Chinstrap', 'Gentoo'].map((positive, index) =>
    createMetric({ name: 'recall', positive, value: 0.98 - index / 100, n: 40 }),
  );
  const harness = { path: 'out/harness.json', key: 'results.mmlu.acc,none' };
  return createEvaluation({
    metrics: [
      ...metrics,
      ...byClass,
      createMetric({ name: 'f-beta@2', positive: 'Adelie', value: 0.97123 }),
      { name: 'mmlu', source: 'reported', value: 0.6511, n: 0, from: harness, noInterval: NO_ERROR },
      createMetric({ slice: { column: 'island × sex', value: 'Dream × male' }, value: 0.9, n: 20 }),
    ],
    join: join && { ...join, unseenLabels: [{ label: 'Macaroni', rows: 2 }] },
    curves: createCurves('Adelie'),
    operatingPoint: OPERATING_POINT,
    ...overrides,
  });
}

/** A whole run that says all of it, with a budget that is nearly spent. */
export function createMeasured(): EvidenceSet {
  const { rules } = createVerdict();
  const [first] = rules;
  const sure = createRule({
    id: 'no-worse-anywhere',
    text: 'accuracy at most 0.05 below base for every value of island, 95% sure',
    outcome: 'cannot-measure',
    reason: '1 of 2 values of island cannot be measured: Torgersen',
    cases: createSureCases(),
  });
  const bounds = { low: 0.9244, high: null, confidence: 0.95, error: 0.00025, method: 'Wilson' };
  const alone = { ...rules[0], id: 'surely-good', cases: [createCase({ bounds, reason: 'it is at least 0.9244' })] };
  const { kind: _kind, subject: _subject, parents: _parents, ...evaluation } = createMeasuredEvaluation();
  return createEvidence({
    evaluation,
    verdict: {
      outcome: 'cannot-measure',
      blocks: true,
      reason: 'Not measured: the rule no-worse-anywhere.',
      rules: [...(first ? [first] : []), createRule(alone), sure, ...rules.slice(1)],
      comparisons: [...COMPARISONS],
      budget: {
        id: 'penguins-test-2026',
        verdicts: 200,
        spent: 195,
        adaptivity: 'full',
        counted: true,
        state: 'nearly-spent',
        whenSpent: 'warn',
        text: 'verdict 195 of 200, and 5 are left.',
      },
    },
  });
}
