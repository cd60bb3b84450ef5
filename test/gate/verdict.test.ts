import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { computeDigest } from '../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { Kind } from '../../src/evidence/schema/envelope.ts';
import type { ControlResult, RuleResult, WaiverState } from '../../src/evidence/schema/verdict.ts';
import { decideVerdict, type VerdictParts } from '../../src/gate/verdict.ts';
import {
  createData,
  createDataset,
  createEvaluation,
  createFile,
  createFinding,
  createPrediction,
  createRule,
  createTraining,
} from '../support/evidence.ts';
import { createConfig, findBaseline } from './evaluations.ts';

const CONFIG: Config = createConfig([{ id: 'good-enough', metric: 'accuracy', min: 0.9 }], {
  data: { test: { path: 'data/test.csv' } } as never,
  train: { run: 'python3 train.py', outputs: { model: 'out/model.json' } },
  evaluate: {
    run: 'python3 predict.py',
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted' },
    labels: { path: 'data/test.csv', id: 'id', label: 'species' },
    metrics: ['accuracy'],
  },
});

function link(documents: EvidenceSet, kinds: readonly Kind[]) {
  return kinds.flatMap((kind) => {
    const document = documents[kind];
    return document ? [{ kind, sha256: computeDigest(document) }] : [];
  });
}

/** A whole run that passed: every document built on those before it. Overrides replace documents before linking. */
function createRun(overrides: EvidenceSet = {}): Required<Omit<EvidenceSet, 'verdict'>> {
  const data = overrides.data ?? createData();
  const training = overrides.training ?? createTraining();
  const prediction = overrides.prediction ?? createPrediction({ parents: link({ training }, ['training']) });
  const parents = link({ data, training, prediction }, ['data', 'training', 'prediction']);
  const evaluation = overrides.evaluation ?? createEvaluation({ parents });
  return { data, training, prediction, evaluation };
}

function digest(evidence: EvidenceSet): VerdictParts['digests'] {
  return Object.fromEntries(Object.values(evidence).map((document) => [document.kind, computeDigest(document)]));
}

const RULE: RuleResult = createRule({ id: 'good-enough' });

function judge(overrides: Partial<VerdictParts> = {}) {
  const evidence = overrides.evidence ?? createRun();
  const subject = createData().subject;
  return decideVerdict({
    config: CONFIG,
    present: { model: 'penguins', commit: subject.commit, config: subject.config },
    evidence,
    digests: digest(evidence),
    rules: [RULE],
    controls: [],
    waivers: [],
    baselines: [],
    ...overrides,
  });
}

function gates(more: Partial<NonNullable<Config['gates']>>): Config {
  return { ...CONFIG, gates: { rules: CONFIG.gates?.rules ?? [], ...more } };
}

const waiver: WaiverState = {
  waives: 'good-enough',
  reason: 'known and accepted',
  author: 'ada',
  approver: 'grace',
  expires: '2027-01-01',
  active: true,
  note: 'holds through 2027-01-01',
};

const control: ControlResult = {
  id: 'card',
  kind: 'document',
  text: 'MODEL_CARD.md',
  outcome: 'pass',
  reason: 'all sections are there',
  evidence: null,
  waived: false,
};
const governed: Config = { ...CONFIG, governance: { controls: [{ id: 'card', document: 'MODEL_CARD.md' }] } };

describe('a verdict', () => {
  test('passes when every stage, rule and control does', () => {
    const decision = judge({ config: governed, controls: [control] });
    expect(decision).toMatchObject({
      outcome: 'pass',
      blocks: false,
      reason: 'Every stage, rule and control that counts has passed.',
    });
    expect(decision.stages.map(({ stage, outcome }) => [stage, outcome])).toEqual([
      ['data', 'pass'],
      ['training', 'pass'],
      ['prediction', 'pass'],
      ['evaluation', 'pass'],
    ]);
  });

  test.each(['fail', 'cannot-measure'] as const)('is %s and blocks when a rule is', (outcome) => {
    const decision = judge({ rules: [{ ...RULE, outcome }] });
    const word = outcome === 'fail' ? 'Failed' : 'Not measured';
    expect(decision).toMatchObject({ outcome, blocks: true, reason: `${word}: the rule good-enough.` });
  });

  test('puts a fail before what could not be measured', () => {
    const config = gates({ rules: ['a', 'b'].map((id) => ({ id, metric: 'accuracy', min: 0 })) });
    const rules = (['cannot-measure', 'fail'] as const).map((outcome, at) => ({
      ...RULE,
      id: 'ab'.charAt(at),
      outcome,
    }));
    expect(judge({ config, rules })).toMatchObject({
      outcome: 'fail',
      reason: 'Failed: the rule b; not measured: the rule a.',
    });
  });

  test('is not kept from passing by a rule that is not applicable', () => {
    expect(judge({ rules: [{ ...RULE, outcome: 'not-applicable' }] })).toMatchObject({
      outcome: 'pass',
      blocks: false,
    });
  });

  test.each(['fail', 'cannot-measure'] as const)('shows a %s of level warn and does not count it', (outcome) => {
    const decision = judge({ rules: [{ ...RULE, outcome, level: 'warn' }] });
    expect(decision).toMatchObject({ outcome: 'pass', blocks: false });
    expect(decision.rules[0]?.outcome).toBe(outcome);
  });

  test('shows a waived rule and does not count it', () => {
    const decision = judge({ rules: [{ ...RULE, outcome: 'fail' }], waivers: [waiver] });
    expect(decision).toMatchObject({ outcome: 'pass', blocks: false, waivers: [waiver] });
    expect(decision.rules[0]).toMatchObject({ waived: true, outcome: 'fail' });
  });

  test('counts a rule whose waiver does not hold', () => {
    const decision = judge({ rules: [{ ...RULE, outcome: 'fail' }], waivers: [{ ...waiver, active: false }] });
    expect(decision).toMatchObject({ outcome: 'fail', blocks: true });
    expect(decision.rules[0]?.waived).toBe(false);
  });

  test('blocks for a control, unless it is waived or only observed', () => {
    const controls: ControlResult[] = [{ ...control, outcome: 'fail' }];
    expect(judge({ config: governed, controls })).toMatchObject({ outcome: 'fail', blocks: true });
    const waivers = [{ ...waiver, waives: 'card' }];
    expect(judge({ config: governed, controls, waivers })).toMatchObject({ outcome: 'pass', blocks: false });
    const config: Config = { ...governed, governance: { controls: [{ id: 'card', document: 'M' }], mode: 'observe' } };
    expect(judge({ config, controls })).toMatchObject({
      outcome: 'fail',
      blocks: false,
      governanceMode: 'observe',
      reason: 'Failed: the control card; observed only, so nothing is blocked.',
    });
  });

  test('in observe mode says what would be, and blocks nothing of the gate’s', () => {
    const config: Config = { ...gates({ mode: 'observe' }), ...{ governance: governed.governance } } as Config;
    const rules: RuleResult[] = [{ ...RULE, outcome: 'fail' }];
    expect(judge({ config, rules, controls: [control] })).toMatchObject({
      outcome: 'fail',
      blocks: false,
      mode: 'observe',
    });
    expect(judge({ config, rules, controls: [{ ...control, outcome: 'fail' }] }).blocks).toBe(true);
  });

  test('of nothing is no pass', () => {
    const empty: Config = { version: 1, model: 'penguins' };
    expect(judge({ config: empty, rules: [], evidence: {} })).toMatchObject({
      outcome: 'cannot-measure',
      blocks: true,
    });
  });

  test('is not given when a rule or a control was not decided', () => {
    expect(() => judge({ rules: [] })).toThrow('nothing was decided about good-enough');
    expect(() => judge({ config: governed })).toThrow('nothing was decided about card');
  });

  test('keeps where each baseline came from', () => {
    const found = findBaseline([{ value: 0.9 }]);
    const decision = judge({ baselines: [found, { name: 'base', state: 'unavailable', text: 'no network' }] });
    expect(decision.baselines).toEqual([
      {
        name: 'production',
        state: 'found',
        text: 'penguins@v1.0.0',
        commit: createData().subject.commit,
        testSet: createFile('data/test.csv').sha256,
      },
      { name: 'base', state: 'unavailable', text: 'no network', commit: null, testSet: null },
    ]);
  });

  test('says that its run is outside the budget', () => {
    expect(judge().budget).toBeNull();
    const config = gates({ budget: { id: 'penguins-2026', verdicts: 200 } });
    expect(judge({ config }).budget).toEqual({
      id: 'penguins-2026',
      verdicts: 200,
      counted: false,
      text: 'not counted: only the trusted job spends the 200 verdicts that are allowed.',
    });
  });

  test('reveals numbers but no rows unless the file says otherwise', () => {
    expect(judge().reveal).toBe('metrics');
  });
});

describe('a stage cannot be measured', () => {
  const { data, training, prediction, evaluation } = createRun();

  function stage(kind: Kind, evidence: EvidenceSet, more: Partial<VerdictParts> = {}) {
    const decision = judge({ evidence, ...more });
    expect(decision).toMatchObject({ blocks: true });
    return decision.stages.find((entry) => entry.stage === kind);
  }

  test.each(['data', 'training', 'prediction', 'evaluation'] as const)('when its %s evidence is not there', (kind) => {
    const evidence = { data, training, prediction, evaluation, [kind]: undefined } as EvidenceSet;
    const present = Object.fromEntries(Object.entries(evidence).filter(([, document]) => document)) as EvidenceSet;
    expect(stage(kind, present)).toEqual({
      stage: kind,
      outcome: 'cannot-measure',
      reason: `there is no ${kind} evidence: the stage has not run`,
    });
  });

  test('when its evidence speaks of another model, configuration or commit', () => {
    const evidence = createRun();
    const subject = createData().subject;
    const present = { model: 'penguins', commit: subject.commit, config: subject.config };
    const reasons = [
      { ...present, model: 'whales' },
      { ...present, config: `sha256:${'0'.repeat(64)}` },
      { ...present, commit: 'f'.repeat(40) },
      { ...present, commit: null },
    ].map((other) => stage('data', evidence, { present: other })?.reason);
    expect(reasons).toEqual([
      'the data evidence does not count: it speaks of another model, penguins',
      'the data evidence does not count: modelgate.yml has changed since it was written',
      'the data evidence does not count: it was written for commit 4f2a9c1b7d3e, and this is commit ffffffffffff',
      'the data evidence does not count: it was written for commit 4f2a9c1b7d3e, and this is no commit',
    ]);
  });

  test('when it was built on other evidence than what is at hand', () => {
    const newer = createTraining({ reason: 'Trained again.' });
    expect(stage('prediction', { ...createRun(), training: newer })?.reason).toBe(
      'the prediction evidence does not count: it was built on other training evidence than this',
    );
  });

  test('when it was not built on a stage that is configured', () => {
    const lonely = createEvaluation({ parents: link({ data, training }, ['data', 'training']) });
    expect(stage('evaluation', createRun({ evaluation: lonely }))?.reason).toBe(
      'the evaluation evidence does not count: it was not built on the prediction evidence',
    );
  });

  test('when a file has changed between the stages', () => {
    const other = createDataset({ sha256: `sha256:${'0'.repeat(64)}` });
    expect(stage('evaluation', createRun({ data: createData({ datasets: [other] }) }))?.reason).toBe(
      'the evaluation evidence does not count: data/test.csv had another content in an earlier stage',
    );
  });

  test('when the model is not the one that was trained', () => {
    const trained = createTraining();
    const subject = { ...trained.subject, modelFiles: [createFile('other.json')] };
    expect(stage('evaluation', createRun({ training: { ...trained, subject } }))?.reason).toBe(
      'the evaluation evidence does not count: it speaks of other model files than the training wrote',
    );
  });

  test('when it says so itself', () => {
    const parents = link({ data, training, prediction }, ['data', 'training', 'prediction']);
    const unmeasured = createEvaluation({ parents, outcome: 'cannot-measure', reason: 'The labels are gone.' });
    expect(stage('evaluation', createRun({ evaluation: unmeasured }))).toEqual({
      stage: 'evaluation',
      outcome: 'cannot-measure',
      reason: 'The labels are gone.',
    });
  });
});

describe('the data stage', () => {
  test('fails with its findings, whatever the document says of itself', () => {
    const failing = createData({
      datasets: [createDataset({ findings: [createFinding({ outcome: 'fail' })] })],
      checks: [],
    });
    expect(judge({ evidence: createRun({ data: failing }) })).toMatchObject({
      outcome: 'fail',
      blocks: true,
      stages: [{ stage: 'data', outcome: 'fail', reason: 'of 1 check, 1 fail' }, {}, {}, {}],
    });
  });

  test('passes over a finding of level warn', () => {
    const warning = createFinding({ outcome: 'fail', level: 'warn' });
    const data = createData({ datasets: [createDataset({ findings: [warning, createFinding()] })], checks: [] });
    expect(judge({ evidence: createRun({ data }) }).stages[0]).toEqual({
      stage: 'data',
      outcome: 'pass',
      reason: '2 checks, pass',
    });
  });

  test('is not asked for when it is not configured', () => {
    const { data: _data, ...rest } = CONFIG;
    const training = createTraining();
    const prediction = createPrediction({ parents: link({ training }, ['training']) });
    const evaluation = createEvaluation({ parents: link({ training, prediction }, ['training', 'prediction']) });
    const decision = judge({ config: rest, evidence: { training, prediction, evaluation } });
    expect(decision.stages.map(({ stage }) => stage)).toEqual(['training', 'prediction', 'evaluation']);
    expect(decision.outcome).toBe('pass');
  });
});
