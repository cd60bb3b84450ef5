import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/project.ts';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import type { CommittedConfig } from '../../../src/pipeline/pull-request/committed-config.ts';
import { composeJudgingConfig } from '../../../src/pipeline/pull-request/judging-config.ts';
import { compareWaivers } from '../../../src/pipeline/pull-request/waiver-changes.ts';

const BASE = `
version: 1
model: penguins
task: regression
data:
  test: { path: data/test.csv, contract: contract.yaml }
train: { run: make old, inputs: [old.py], outputs: { model: old.bin }, timeout: 1h }
evaluate:
  run: predict old
  timeout: 1h
  environment: [OLD]
  predictions: { path: old.csv, id: id, prediction: old }
  labels: { path: data/test.csv, id: id, label: truth }
  reveal: verdict
  metrics: [mae]
gates: { rules: [{ id: good, metric: mae, max: 1 }] }
governance: { controls: [{ id: card, document: CARD.md }], waivers: waivers.yml }
`;
/** Everything else than in the base. */
const HEAD = BASE.replaceAll(/\bold\b/g, 'new')
  .replaceAll('OLD', 'NEW')
  .replaceAll('1h', '2h')
  .replaceAll('data/test.csv', 'data/easy.csv')
  .replaceAll('contract.yaml', 'loose.yaml')
  .replace('reveal: verdict', 'reveal: rows')
  .replace('max: 1 ', 'max: 9 ')
  .replace('CARD.md', 'NOTE.md')
  .replace('waivers.yml', 'mine.yml');

const read = (text: string): CommittedConfig => ({
  state: 'read',
  ...parseConfig(text, 'modelgate.yml'),
  text,
  sha256: computeSha256(text),
});

test('the head says how a candidate is made, and the base all else', () => {
  const judging = composeJudgingConfig(read(BASE), read(HEAD));
  if ('refused' in judging) throw new Error(judging.refused);
  const [base, head] = [parseConfig(BASE, 'modelgate.yml').config, parseConfig(HEAD, 'modelgate.yml').config];
  const { train, evaluate, ...rest } = judging.config;
  const { run, predictions, timeout, environment, ...scoring } = evaluate ?? ({} as never);
  const { train: _train, evaluate: theirs, ...others } = base;
  expect(rest).toEqual(others);
  expect(train).toEqual(head.train);
  expect({ run, predictions, timeout, environment }).toEqual({
    run: 'predict new',
    predictions: head.evaluate?.predictions,
    timeout: '2h',
    environment: ['NEW'],
  });
  expect(scoring).toEqual({ labels: theirs?.labels, reveal: 'verdict', metrics: ['mae'] });
  expect(judging).toMatchObject({ side: 'base', bootstrap: false, sha256: computeSha256(BASE), text: BASE });
});

test('a head that trains no more is judged without a training', () => {
  const judging = composeJudgingConfig(read(BASE), read(BASE.replace(/^train:.*$/m, '')));
  expect('config' in judging && judging.config.train).toBe(undefined);
});

test('without a base the head judges itself; only a base without a configuration is a first time', () => {
  expect(composeJudgingConfig(undefined, read(HEAD))).toMatchObject({ side: 'head', bootstrap: false });
  expect(composeJudgingConfig({ state: 'absent' }, read(HEAD))).toMatchObject({ side: 'head', bootstrap: true });
});

const BROKEN: CommittedConfig = { state: 'broken', problems: [{ found: 'a tab' }] };
const ABSENT: CommittedConfig = { state: 'absent' };
test.each<[string, CommittedConfig | undefined, CommittedConfig, RegExp]>([
  ['a broken base', BROKEN, read(HEAD), /of the base, which judges, is broken: a tab/],
  ['a broken head', read(BASE), BROKEN, /is broken: a tab/],
  ['a broken first one', ABSENT, BROKEN, /is broken: a tab/],
  ['a head without one', read(BASE), ABSENT, /no modelgate.yml for it any more/],
  ['nobody with one', ABSENT, ABSENT, /neither in the base nor in the head/],
  ['another name', read(BASE), read(BASE.replace('model: penguins', 'model: owls')), /calls it owls/],
])('%s gives nothing to judge by', (_, base, head, reason) => {
  const judging = composeJudgingConfig(base, head);
  expect('refused' in judging && judging.refused).toMatch(reason);
});

const WAIVER = '- { waives: good, reason: known and accepted, author: ada, approver: grace, expires: 2027-01-01 }\n';
test.each<[string, string | undefined, string | undefined, object[]]>([
  ['one more loosens', '[]\n', WAIVER, [{ subject: 'the waiver of good', change: 'loosened', before: null }]],
  ['one fewer tightens', WAIVER, undefined, [{ subject: 'the waiver of good', change: 'tightened', after: null }]],
  ['a later end is a change', WAIVER, WAIVER.replace('2027', '2028'), [{ change: 'changed' }]],
  ['a broken file is told', WAIVER, '- nonsense\n', [{ subject: 'waivers', after: 'cannot be read' }]],
  ['a comment changes nothing', '# none\n', '[]\n', []],
])('of waivers, %s', (_, before, after, changes) => {
  expect(compareWaivers('waivers.yml', before, after)).toMatchObject(changes);
  expect(compareWaivers('waivers.yml', before, after)).toHaveLength(changes.length);
});
