import { expect, test } from 'vitest';
import { readFetchInputs, readPublishInputs, readVerifyInputs } from '../../../src/actions/release/inputs.ts';
import { chooseVersion, parseWish, renderWish, requireRequest } from '../../../src/actions/release/wish.ts';

const from = (inputs: Record<string, string>) => (name: string) => inputs[name] ?? '';
const DIGEST = 'ab'.repeat(32);

test('an artifact is named by id and digest together, and never beside another run', () => {
  const given = { token: 't', phase: 'prepare', 'artifact-id': '7', 'artifact-digest': DIGEST };
  expect(readPublishInputs(from(given)).handed).toEqual({ id: 7, digest: `sha256:${DIGEST}` });
  expect(() => readPublishInputs(from({ ...given, 'artifact-digest': '' }))).toThrow('only one of');
  expect(() => readPublishInputs(from({ ...given, 'run-id': '9' }))).toThrow('both `run-id` and `artifact-id`');
  expect(() => readPublishInputs(from({ token: 't', 'run-id': '9; rm' }))).toThrow('Give the id of a run');
});

test('every mistake of the inputs is told at once', () => {
  const wrong = { token: '', bump: 'huge', attest: 'maybe', prerelease: 'a\nb' };
  expect(() => readPublishInputs(from(wrong))).toThrow(/`bump`[\s\S]*`prerelease`[\s\S]*`attest`[\s\S]*`token`/);
});

test('what is to be fetched or verified must be named', () => {
  expect(() => readFetchInputs(from({}))).toThrow('the input `reference` is empty');
  expect(() => readVerifyInputs(from({}))).toThrow('neither `reference` nor `ledger`');
  expect(readVerifyInputs(from({ ledger: 'true' }))).toMatchObject({ ledger: true, reference: undefined });
});

test('a wish is handed from job to job as it was, and nothing else is taken for one', () => {
  const run = { id: 7, attempt: 1, url: 'https://github.invalid/octo/zoo/actions/runs/7' };
  const asked = { model: 'churn', version: 'v1.0.0', stage: 'production', reason: '"$(id)"\n`', requestedBy: 'ada' };
  const wish = { ...asked, run };
  expect(parseWish(renderWish(wish))).toEqual(wish);
  expect(parseWish(renderWish({ issue: 4 }))).toEqual({ issue: 4 });
  for (const text of ['', 'null', '[]', '{}', '{"issue":"4"}', '{"model":"churn"}']) {
    expect(() => parseWish(text), text).toThrow('is not what phase plan says');
  }
  expect(requireRequest(wish, { ...run, attempt: 2 })).toBe(wish);
  for (const other of [
    { ...run, id: 8 },
    { ...run, attempt: 0 },
  ]) {
    expect(() => requireRequest(wish, other)).toThrow('is not of this run');
  }
});

test('without a version the newest is meant, and of nothing there is none', () => {
  const ledger = { events: [], head: undefined, commit: undefined };
  expect(chooseVersion(ledger, 'churn', '1.2.0')).toBe('v1.2.0');
  expect(() => chooseVersion(ledger, 'churn', '')).toThrow('nothing of churn was published yet');
});
