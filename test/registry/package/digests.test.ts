import { describe, expect, test } from 'vitest';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import { type Content, computeContentDigest, computeModelDigest } from '../../../src/registry/package/digests.ts';
import {
  createData,
  createEvaluation,
  createPrediction,
  createTraining,
  createVerdict,
  fakeDigest,
} from '../../support/evidence.ts';
import { SHAPE } from '../versions/samples.ts';

const evidence = {
  data: createData(),
  training: createTraining(),
  prediction: createPrediction(),
  evaluation: createEvaluation(),
  verdict: createVerdict(),
};
const file = (path: string, content = path) => ({ path, size: content.length, sha256: fakeDigest(content) });
const digest = (changes: Partial<Content> & { readonly documents?: EvidenceSet } = {}) => {
  const { documents, ...rest } = changes;
  return computeContentDigest({
    model: 'churn',
    modelFiles: [file('a'), file('b')],
    interface: SHAPE,
    evidence: { ...evidence, ...documents },
    card: fakeDigest('card'),
    config: fakeDigest('config'),
    ...rest,
  });
};
const same = digest();

describe('the digest of a model', () => {
  test('knows neither the order of the files nor more of them than path, size and digest', () => {
    const [a, b] = [file('a'), file('b')];
    expect(computeModelDigest([b, a])).toBe(computeModelDigest([a, { ...b, mode: 0o755 } as typeof b]));
    expect(computeModelDigest([a])).not.toBe(computeModelDigest([a, b]));
    expect(computeModelDigest([file('c', 'a')])).not.toBe(computeModelDigest([a]));
  });
});

describe('the digest of a content', () => {
  const elsewhere = { commit: 'e'.repeat(40), dirty: false, config: fakeDigest('config'), modelFiles: [] };
  test.each<[string, Parameters<typeof digest>[0]]>([
    ['the order of the files', { modelFiles: [file('b'), file('a')] }],
    ['the time', { documents: { evaluation: createEvaluation({ created: '2027-01-01T00:00:00Z' }) } }],
    [
      'how long it took',
      { documents: { training: createTraining({ timing: { started: '2027-01-01T00:00:00Z', seconds: 1 } }) } },
    ],
    [
      'the machine',
      { documents: { training: createTraining({ machine: { ...evidence.training.machine, cores: 96 } }) } },
    ],
    [
      'another commit',
      { documents: { data: createData({ subject: elsewhere }), verdict: createVerdict({ subject: elsewhere }) } },
    ],
    ['a baseline that is there by now', { documents: { verdict: createVerdict({ baselines: [], rules: [] }) } }],
  ])('does not know %s', (_case, changes) => {
    expect(digest(changes)).toBe(same);
  });

  test.each<[string, Parameters<typeof digest>[0]]>([
    ['a byte of the model', { modelFiles: [file('a'), file('b', 'x')] }],
    ['the card', { card: null }],
    ['the configuration', { config: fakeDigest('x') }],
    ['the interface', { interface: { ...SHAPE, inputs: [] } }],
    ['the data', { documents: { data: createData({ datasets: [] }) } }],
    ['the code', { documents: { training: createTraining({ inputs: [] }) } }],
    ['a number', { documents: { evaluation: createEvaluation({ metrics: [] }) } }],
    ['the test set', { documents: { evaluation: createEvaluation({ testSet: null }) } }],
    ['a paper of governance', { documents: { verdict: createVerdict({ controls: [] }) } }],
    ['the model’s name', { model: 'fraud' }],
  ])('knows %s', (_case, changes) => {
    expect(digest(changes)).not.toBe(same);
  });
});
