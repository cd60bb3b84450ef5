import { expect, test } from 'vitest';
import type { EvaluationEvidence } from '../../../src/evidence/schema/evaluation.ts';
import { findQuestion, isBootstrapId, isMeasured, nameQuestion } from '../../../src/pipeline/budget/question.ts';
import { createEvaluation, createFile, createMetric, fakeDigest } from '../../support/evidence.ts';
import { ACCOUNT } from './evidence.ts';

const RULES = { config: fakeDigest('modelgate.yml'), bootstrap: false };
const name = (evaluation: EvaluationEvidence, rules = RULES) => {
  const question = findQuestion(evaluation, rules);
  return question && nameQuestion(ACCOUNT, question, rules);
};
const evaluation = createEvaluation();

test('the same model, test set and rules are the same verdict, whoever asks again and when', () => {
  const again = { ...evaluation, created: '2027-01-01T00:00:00.000Z', reason: 'Measured again.' };
  expect(name(again)).toBe(name(evaluation));
  expect(name({ ...again, subject: { ...again.subject, commit: '2'.repeat(40) } })).toBe(name(evaluation));
});

const [file, chosenBy] = [createFile('out/validation.csv'), 'recall of at least 0.9'];
const POINT = {
  threshold: 0.5,
  positive: 'Adelie',
  chosenBy,
  achieved: 0.9,
  rows: 50,
  predictions: file,
  labels: file,
};

test('another model, other predictions or another threshold of it, another test set and other rules are each another verdict', () => {
  const { subject } = evaluation;
  const others = [
    name({ ...evaluation, subject: { ...subject, modelFiles: [createFile('out/other.json')] } }),
    name({ ...evaluation, predictions: createFile('out/other.csv') }),
    name({ ...evaluation, operatingPoint: { ...POINT, threshold: 0.4 } }),
    name({ ...evaluation, operatingPoint: { ...POINT, threshold: 0.6 } }),
    name({ ...evaluation, testSet: createFile('data/other.csv') }),
    name(evaluation, { ...RULES, config: fakeDigest('other.yml') }),
  ];
  expect(new Set([name(evaluation), ...others]).size).toBe(7);
});

const JOIN = {
  labels: 115,
  predictions: 0,
  matched: 0,
  missingPredictions: 115,
  unexpectedPredictions: 0,
  duplicatedIds: 0,
  invalidRows: 0,
};
const NOTHING = createEvaluation({ outcome: 'cannot-measure', join: JOIN, metrics: [] });

test('where nothing was measured on the labels, nothing was asked', () => {
  expect(isMeasured(NOTHING)).toBe(false);
  expect(isMeasured({ ...NOTHING, join: null })).toBe(false);
  const own = createMetric({ source: 'reported', value: 0.9 });
  const missing = createMetric({ value: null, reason: 'there is one class only' });
  expect(isMeasured({ ...NOTHING, metrics: [own, missing] })).toBe(false);
  expect(findQuestion(undefined, RULES)).toBeUndefined();
  expect(findQuestion(createEvaluation({ testSet: null }), RULES)).toBeUndefined();
  expect(findQuestion(createEvaluation({ predictions: null }), RULES)).toBeUndefined();
});

test('one number that cannot be measured makes no look free while others were, or while rows were matched', () => {
  const missing = createMetric({ name: 'roc-auc', value: null, reason: 'there is one class only' });
  expect(isMeasured({ ...NOTHING, metrics: [missing, createMetric()] })).toBe(true);
  expect(isMeasured({ ...NOTHING, join: { ...JOIN, matched: 1 } })).toBe(true);
  expect(isMeasured(createEvaluation({ outcome: 'cannot-measure' }))).toBe(true);
});

test('the same question in another model, and by rules that the change brings along, are each another verdict', () => {
  const question = findQuestion(evaluation, RULES);
  if (!question) throw new Error('there is a question');
  const ids = [
    nameQuestion(ACCOUNT, question, RULES),
    nameQuestion({ ...ACCOUNT, model: 'seals' }, question, RULES),
    nameQuestion(ACCOUNT, question, { bootstrap: true }),
  ];
  expect(new Set(ids).size).toBe(3);
  expect(ids.map((id) => isBootstrapId(id, ACCOUNT.budget))).toEqual([false, false, true]);
});

test('an id is short enough for the ledger, however long the name of a budget', () => {
  const question = findQuestion(evaluation, RULES);
  if (!question) throw new Error('there is a question');
  const account = { budget: 'b'.repeat(64), model: 'm'.repeat(64) };
  expect(nameQuestion(account, question, { bootstrap: true }).length).toBeLessThanOrEqual(300);
});
