import type { DocumentOf, EvidenceSet } from '../../src/evidence/document.ts';
import type { Kind } from '../../src/evidence/schema/envelope.ts';
import type { Metric } from '../../src/evidence/schema/evaluation.ts';
import {
  createBase,
  createDataset,
  createFile,
  createFinding,
  createMetric,
  createRules,
  fakeDigest,
} from './evidence-parts.ts';

export * from './evidence-parts.ts';

/** Evidence of a classifier of penguins on 115 test rows, as the stages would write it. Whole documents with overrides. */

const CLASSES = ['Adelie', 'Chinstrap', 'Gentoo'];

export function createData(overrides: Partial<DocumentOf['data']> = {}): DocumentOf['data'] {
  const train = {
    name: 'train',
    path: 'data/train.csv',
    sha256: fakeDigest('data/train.csv'),
    size: 11_990,
    rows: 229,
  };
  return {
    ...createBase('data', 0, []),
    datasets: [createDataset(train), createDataset()],
    checks: [
      { text: 'train and test share no id', ...createFinding({ rule: 'no-overlap' }) },
      { text: 'at most 50% of the columns drift from train to test', ...createFinding({ rule: 'drift' }) },
    ],
    ...overrides,
  };
}

export function createTraining(overrides: Partial<DocumentOf['training']> = {}): DocumentOf['training'] {
  return {
    ...createBase('training', 1, []),
    timing: { started: '2026-11-22T09:01:00.000Z', seconds: 187 },
    reason: 'The command ended with 0 and wrote every output.',
    command: { run: 'python3 train.py', exitCode: 0, signal: null, timedOut: false, variables: ['HOME', 'PATH'] },
    machine: {
      os: 'linux',
      architecture: 'x64',
      cores: 4,
      memory: 16 * 1024 ** 3,
      python: '3.11.7',
      accelerators: [],
    },
    inputs: [createFile('train.py', 2310), createFile('params.yaml', 120), createFile('data/train.csv', 11_990)],
    outputs: [createFile('out/model.json', 18_733), createFile('out/history.jsonl', 3100)],
    history: Array.from({ length: 40 }, (_, index) => ({
      step: index + 1,
      loss: 0.08 + 1.02 * Math.exp(-index / 7),
      val_loss: 0.11 + 0.98 * Math.exp(-index / 8) + 0.006 * Math.sin(index),
      accuracy: 0.97 - 0.55 * Math.exp(-index / 5),
    })),
    ...overrides,
  };
}

export function createPrediction(
  overrides: Partial<DocumentOf['prediction']> = {},
  parents: EvidenceSet = {},
): DocumentOf['prediction'] {
  const { timing: _timing, history: _history, ...run } = createTraining();
  return {
    ...run,
    ...createBase('prediction', 5, [parents.training]),
    command: { run: 'python3 predict.py', exitCode: 0, signal: null, timedOut: false, variables: ['HOME', 'PATH'] },
    inputs: [createFile('predict.py', 1104), createFile('out/model.json', 18_733)],
    outputs: [createFile('out/predictions.csv', 7420)],
    ...overrides,
  };
}

function createSlice(column: string, value: string, right: number, n: number, low: number, high: number): Metric {
  return createMetric({
    slice: { column, value },
    value: right / n,
    n,
    interval: { low, high, level: 0.95, method: 'wilson' },
  });
}

export function createEvaluation(
  overrides: Partial<DocumentOf['evaluation']> = {},
  parents: EvidenceSet = {},
): DocumentOf['evaluation'] {
  const bootstrap = { level: 0.95, method: 'bootstrap' };
  return {
    ...createBase('evaluation', 6, [parents.data, parents.prediction]),
    task: 'multiclass-classification',
    reason: 'Every metric was computed.',
    testSet: createFile('data/test.csv', 6021),
    predictions: createFile('out/predictions.csv', 7420),
    reveal: 'rows',
    selfReported: false,
    join: {
      labels: 115,
      predictions: 115,
      matched: 115,
      missingPredictions: 0,
      unexpectedPredictions: 0,
      duplicatedIds: 0,
      invalidRows: 0,
    },
    metrics: [
      createMetric(),
      createMetric({ name: 'macro-f1', value: 0.95713, interval: { low: 0.9104, high: 0.9902, ...bootstrap } }),
      createMetric({ name: 'log-loss', value: 0.11824, interval: { low: 0.0712, high: 0.1741, ...bootstrap } }),
      createMetric({ name: 'ece', value: 0.03417, interval: { low: 0.0198, high: 0.0652, ...bootstrap } }),
      createMetric({
        name: 'demographic-parity-difference',
        positive: 'Adelie',
        group: 'sex',
        value: 0.0431,
        interval: { low: 0.003, high: 0.182, ...bootstrap },
      }),
      createSlice('island', 'Biscoe', 55, 56, 0.9055, 0.9968),
      createSlice('island', 'Dream', 39, 41, 0.8386, 0.9865),
      createSlice('island', 'Torgersen', 17, 18, 0.7424, 0.9901),
      createSlice('sex', 'female', 55, 57, 0.8808, 0.9903),
      createSlice('sex', 'male', 53, 55, 0.8768, 0.99),
      createSlice('sex', '(missing)', 3, 3, 0.4385, 1),
    ],
    confusion: {
      classes: CLASSES,
      counts: [
        [49, 1, 0],
        [2, 21, 0],
        [0, 1, 41],
      ],
    },
    ...overrides,
  };
}

export function createVerdict(
  overrides: Partial<DocumentOf['verdict']> = {},
  parents: EvidenceSet = {},
): DocumentOf['verdict'] {
  return {
    ...createBase('verdict', 7, [parents.data, parents.training, parents.prediction, parents.evaluation]),
    mode: 'enforce',
    governanceMode: 'enforce',
    blocks: false,
    reason: 'All 5 rules and 2 controls pass.',
    reveal: 'rows',
    stages: (['data', 'training', 'prediction', 'evaluation'] as const).map((stage) => ({
      stage,
      outcome: 'pass' as const,
      reason: 'The stage passed.',
    })),
    rules: createRules(),
    baselines: [
      {
        name: 'production',
        state: 'found',
        text: 'penguins@v1.3.0, released from 9c81f22, scored on the same test set',
        commit: '9c81f22d4b07a8c3d1e6f5924f2a9c1b7d3e8a60',
        testSet: fakeDigest('data/test.csv'),
      },
    ],
    controls: [
      {
        id: 'card',
        kind: 'document',
        text: 'MODEL_CARD.md has the sections Intended use, Limitations',
        outcome: 'pass',
        reason: 'Every section is there and has text.',
        evidence: { path: 'MODEL_CARD.md', sha256: fakeDigest('MODEL_CARD.md') },
        waived: false,
        place: { file: 'modelgate.yml', line: 47, column: 5 },
      },
      {
        id: 'fairness',
        kind: 'metric',
        text: 'the rule parity passes',
        outcome: 'pass',
        reason: 'The rule parity passes.',
        evidence: null,
        waived: false,
      },
    ],
    waivers: [],
    budget: {
      id: 'penguins-test-2026',
      verdicts: 200,
      spent: null,
      adaptivity: 'full',
      counted: false,
      state: 'open',
      text: 'this run is not counted; only the trusted job spends the 200 verdicts',
    },
    ...overrides,
  };
}

export type EvidenceOverrides = { readonly [K in Kind]?: Partial<DocumentOf[K]> | undefined };

/**
 * A whole run that passes, its documents built on each other by digest. `{ data: undefined }` leaves a document out;
 * `{ verdict: { outcome: 'fail' } }` overrides fields of one.
 */
export function createEvidence(overrides: EvidenceOverrides = {}): EvidenceSet {
  const wanted = (kind: Kind): boolean => !(kind in overrides && overrides[kind] === undefined);
  const parents: { -readonly [K in Kind]?: DocumentOf[K] } = {};
  if (wanted('data')) parents.data = createData(overrides.data);
  if (wanted('training')) parents.training = createTraining(overrides.training);
  if (wanted('prediction')) parents.prediction = createPrediction(overrides.prediction, parents);
  if (wanted('evaluation')) parents.evaluation = createEvaluation(overrides.evaluation, parents);
  if (wanted('verdict')) parents.verdict = createVerdict(overrides.verdict, parents);
  return parents;
}
