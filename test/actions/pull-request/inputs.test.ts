import { expect, test } from 'vitest';
import { readBaselinesInputs, readJudgeInputs } from '../../../src/actions/pull-request/inputs.ts';

const from = (inputs: Record<string, string>) => (name: string) => inputs[name] ?? '';

test('the step that runs the code of baselines takes no token, and the one that asks the registry needs one', () => {
  expect(readBaselinesInputs(from({ phase: 'predict' }))).toMatchObject({ phase: 'predict', token: '' });
  expect(() => readBaselinesInputs(from({ phase: 'predict', token: 't' }))).toThrow('this phase runs code');
  expect(readBaselinesInputs(from({ phase: 'find', token: 't' }))).toMatchObject({ phase: 'find', token: 't' });
  expect(() => readBaselinesInputs(from({ phase: 'find' }))).toThrow('the input `token` is empty');
  expect(() => readBaselinesInputs(from({}))).toThrow('the input `phase` is empty');
});

test('what baselines predicted is named to the judge by id and digest together', () => {
  const digest = 'ab'.repeat(32);
  const given = { token: 't', 'baselines-id': '7', 'baselines-digest': `sha256:${digest}` };
  expect(readJudgeInputs(from(given)).baselines).toEqual({ artifactId: '7', artifactDigest: digest });
  expect(() => readJudgeInputs(from({ ...given, 'baselines-digest': '' }))).toThrow('only one of');
  expect(() => readJudgeInputs(from({ ...given, 'baselines-id': '../7' }))).toThrow('`baselines-id`');
});

test('the judge is told how much memory its checks may hold', () => {
  const read = (memory: string) => readJudgeInputs(from({ token: 't', memory })).memory;
  expect([read(''), read('256MiB')]).toEqual([undefined, 256 * 1024 ** 2]);
  expect(() => read('4gb')).toThrow('the input `memory` is "4gb"');
});
