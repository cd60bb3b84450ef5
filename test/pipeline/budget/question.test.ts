import { expect, test } from 'vitest';
import type { EvaluationEvidence } from '../../../src/evidence/schema/evaluation.ts';
import { findQuestion, nameQuestion } from '../../../src/pipeline/budget/question.ts';
import { createEvaluation, createFile, fakeDigest } from '../../support/evidence.ts';

const RULES = fakeDigest('modelgate.yml');
const name = (evaluation: EvaluationEvidence, rules = RULES) => {
  const question = findQuestion(evaluation, rules);
  return question && nameQuestion('test-2026', question);
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
    name(evaluation, fakeDigest('other.yml')),
  ];
  expect(new Set([name(evaluation), ...others]).size).toBe(7);
});

test('where nothing was measured on the labels, nothing was asked', () => {
  expect(findQuestion(undefined, RULES)).toBeUndefined();
  expect(findQuestion(createEvaluation({ outcome: 'cannot-measure' }), RULES)).toBeUndefined();
  expect(findQuestion(createEvaluation({ testSet: null }), RULES)).toBeUndefined();
  expect(findQuestion(createEvaluation({ predictions: null }), RULES)).toBeUndefined();
});

test('an id is short enough for the ledger, however long the name of a budget', () => {
  const question = findQuestion(evaluation, RULES);
  if (!question) throw new Error('there is a question');
  expect(nameQuestion('b'.repeat(64), question).length).toBeLessThanOrEqual(300);
});
