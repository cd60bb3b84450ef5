import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/project.ts';
import type { CommitFiles, TreeEntry } from '../../../src/pipeline/pull-request/commit-files.ts';
import { computeInputsDigest } from '../../../src/pipeline/pull-request/inputs-digest.ts';

const SCORES = 'eval/scores.csv';

function read(predictions: string, labels: string) {
  const text = `version: 1
model: m
task: binary-classification
train: { run: python3 train.py, inputs: [train.py], outputs: { model: out/m } }
evaluate:
  predictions: { path: out/p.csv, id: id, prediction: predicted, scores: score }
  labels: { path: test.csv, id: id, label: label }
  positive: 'yes'
  operating-point: { predictions: ${predictions}, labels: ${labels}, recall: 0.9 }
  metrics: [recall]
`;
  return parseConfig(text, 'modelgate.yml').config;
}

function digest({ scores = 'b'.repeat(40), predictions = SCORES, labels = 'valid.csv' } = {}): Promise<string> {
  const list = async (): Promise<TreeEntry[]> =>
    ['modelgate.yml', 'train.py', SCORES].map((path) => ({
      path,
      kind: 'file',
      oid: path === SCORES ? scores : 'a'.repeat(40),
      size: 1,
    }));
  const files = { list } as Partial<CommitFiles> as CommitFiles;
  return computeInputsDigest(files, 'c'.repeat(40), 'modelgate.yml', read(predictions, labels), {});
}

test('a candidate is not taken for one whose threshold was chosen on other rows', async () => {
  expect(await digest()).toBe(await digest());
  expect(await digest({ scores: 'd'.repeat(40) })).not.toBe(await digest());
  expect(await digest({ predictions: 'eval/other.csv' })).not.toBe(await digest());
  expect(await digest({ labels: 'other.csv' })).not.toBe(await digest());
});
