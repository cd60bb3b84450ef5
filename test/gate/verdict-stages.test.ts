import { describe, expect, test } from 'vitest';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { Kind } from '../../src/evidence/schema/envelope.ts';
import type { VerdictParts } from '../../src/gate/verdict.ts';
import {
  createData,
  createDataset,
  createEvaluation,
  createFile,
  createFinding,
  createPrediction,
  createTraining,
} from '../support/evidence.ts';
import { CONFIG, createRun, judge, link } from './runs.ts';

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
