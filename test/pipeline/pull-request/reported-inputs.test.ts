import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/project.ts';
import { nameCarried } from '../../../src/pipeline/pull-request/carried.ts';
import type { CommitFiles, TreeEntry } from '../../../src/pipeline/pull-request/commit-files.ts';
import { coverInputs } from '../../../src/pipeline/pull-request/input-coverage.ts';
import { computeInputsDigest } from '../../../src/pipeline/pull-request/inputs-digest.ts';

const HUMAN = 'eval/human.json';

function read(path: string) {
  const text = `version: 1
model: m
train: { run: python3 train.py, inputs: [train.py], outputs: { model: out/m } }
evaluate:
  run: python3 predict.py
  reported: [{ path: ${path}, metrics: { quality: { key: acc, direction: higher } } }]
`;
  return parseConfig(text, 'modelgate.yml').config;
}

function list(human: string): TreeEntry[] {
  return ['modelgate.yml', 'train.py', 'predict.py', HUMAN].map((path) => {
    return { path, kind: 'file', oid: path === HUMAN ? human : 'a'.repeat(40), size: 1 };
  });
}

function digest(path: string, human = 'b'.repeat(40)): Promise<string> {
  const files = { list: async () => list(human) } as Partial<CommitFiles> as CommitFiles;
  return computeInputsDigest(files, 'c'.repeat(40), 'modelgate.yml', read(path), {});
}

test('a candidate is not taken for one with other reported numbers', async () => {
  expect(coverInputs(list('x'), 'modelgate.yml', read(`./${HUMAN}`)).map(({ path }) => path)).toContain(HUMAN);
  expect(await digest(HUMAN)).toBe(await digest(HUMAN));
  expect(await digest(HUMAN, 'd'.repeat(40))).not.toBe(await digest(HUMAN));
  expect(await digest('eval/other.json')).not.toBe(await digest(HUMAN));
});

test('a carried file has one name, however its path is spelt', () => {
  expect(nameCarried('./out//m.json')).toBe(nameCarried('out/m.json'));
});
