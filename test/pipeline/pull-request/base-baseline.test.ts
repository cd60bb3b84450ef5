import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EarlierRuns } from '../../../src/pipeline/pull-request/earlier-runs.ts';
import {
  type Change,
  createPullRequest,
  createPush,
  hold,
  judge,
  openWorkshop,
  restate,
  tamper,
  type Workshop,
} from './workshop.ts';

let workshop: Workshop;
let trained: string;
let first: { commit: string; judged: string };
beforeAll(async () => {
  workshop = await openWorkshop();
  await workshop.change('modelgate.yml', 'against: production', 'against: base');
  const commit = workshop.commit();
  workshop.git('branch', '--force', 'first');
  trained = await workshop.train();
  const { output, model, read } = await judge(workshop, createPush(commit), {
    candidates: hold(trained),
    runs: list([]),
  });
  expect(model).toMatchObject({ outcome: 'pass' });
  expect((await read('penguins')).verdict?.rules).toContainEqual(
    expect.objectContaining({ id: 'no-worse', outcome: 'not-applicable' }),
  );
  first = { commit, judged: output };
});
afterAll(() => workshop.remove());

/** Runs by what they left behind: a folder, or why it cannot be had. */
function list(
  found: readonly [commit: string, left: { folder: string } | { fault: string }][],
  others = 0,
): EarlierRuns {
  const runs = found.map(([commit], index) => ({ id: index + 1, commit }));
  return {
    list: async () => ({ runs, others }),
    fetchJudged: async ({ id }) => found[id - 1]?.[1] ?? { fault: 'no such run' },
  };
}

async function judgeOn(changes: readonly Change[], runs: EarlierRuns | undefined) {
  workshop.git('checkout', '--quiet', '--force', '--detach', first.commit);
  const commits = [first.commit];
  for (const change of changes) {
    await change(workshop);
    commits.push(workshop.commit());
  }
  const [head = '', base = ''] = commits.reverse();
  workshop.git('checkout', '--quiet', base);
  const candidates = hold(await restate(workshop, trained, head));
  const judged = await judge(workshop, createPullRequest(head, base), { candidates, ...(runs ? { runs } : {}) });
  const { verdict } = judged.model?.refused ? {} : await judged.read('penguins');
  return {
    ...judged,
    verdict,
    rule: verdict?.rules.find(({ id }) => id === 'no-worse'),
    baseline: verdict?.baselines[0],
  };
}

const note =
  (text: string): Change =>
  (files) =>
    files.write('notes.txt', text);
/** Another test set, which the base and the head have alike. */
const shorten: Change = async (files) =>
  files.write('data/test.csv', (await files.read('data/test.csv')).split('\n').toSpliced(1, 3).join('\n'));

const relabel: Change = (files) => files.change('data/test.csv', 'p020,Adelie', 'p020,Gentoo');

describe('the baseline base', () => {
  test('is what the nearest run of a first parent scored, and its distance is told', async () => {
    const runs = list([[first.commit, { folder: first.judged }]]);
    const { rule, baseline, model, verdict } = await judgeOn([note('a'), note('b'), note('c')], runs);
    const none = { count: 0, ids: [] };
    expect(verdict?.comparisons).toEqual([{ baseline: 'base', rows: 99, disagreements: 0, broken: none, fixed: none }]);
    expect(model).toMatchObject({ outcome: 'pass', blocks: false });
    expect(rule).toMatchObject({ outcome: 'pass', cases: [{ difference: 0 }] });
    expect(baseline).toMatchObject({ name: 'base', state: 'found', commit: first.commit, distance: 2 });
  });

  test('is scored again where the test set is another', async () => {
    const runs = list([[first.commit, { folder: first.judged }]]);
    const { baseline, rule, model, verdict } = await judgeOn([relabel, note('d')], runs);
    expect(verdict?.comparisons).toMatchObject([{ baseline: 'base', rows: 99, disagreements: 0 }]);
    expect(model).toMatchObject({ outcome: 'pass' });
    expect(baseline).toMatchObject({ state: 'found', commit: first.commit, distance: 1 });
    expect(baseline?.text).toMatch(/scored again on today's test set/);
    expect(rule).toMatchObject({ outcome: 'pass', cases: [{ difference: 0 }] });
  });

  test('is compared row by row where its predictions are still those that were scored, and that is told', async () => {
    const sure: Change = (files) => files.change('modelgate.yml', 'max-drop: 0.05', 'max-drop: 0.05, confidence: 0.9');
    const runs = list([[first.commit, { folder: first.judged }]]);
    const { rule } = await judgeOn([sure, note('h')], runs);
    expect(rule).toMatchObject({ outcome: 'pass', cases: [{ difference: 0, bounds: { paired: true } }] });
    const folder = await workshop.makeFolder();
    await cp(first.judged, folder, { recursive: true });
    await rm(join(folder, 'penguins/predictions.csv'));
    await rm(join(folder, 'penguins/evidence/prediction.json'));
    const { verdict } = await judgeOn([sure, note('i')], list([[first.commit, { folder }]]));
    expect(verdict?.baselines).toMatchObject([{ state: 'found' }]);
    expect(verdict?.comparisons).toMatchObject([{ baseline: 'base', rows: 0, reason: 'its predictions are gone' }]);
  });

  test('is unavailable where its predictions do not cover the test set of today', async () => {
    const runs = list([[first.commit, { folder: first.judged }]]);
    const { baseline, rule } = await judgeOn([shorten, note('e')], runs);
    expect(baseline).toMatchObject({ state: 'unavailable' });
    expect(baseline?.text).toMatch(/cannot be scored again/);
    expect(rule?.outcome).toBe('cannot-measure');
  });

  const situations: [what: string, state: string, text: RegExp, runs: () => EarlierRuns | undefined][] = [
    ['there never was a run', 'none-yet', /has not run for the default branch yet/, () => list([])],
    ['runs failed only', 'unavailable', /no run of the default branch has succeeded/, () => list([], 2)],
    [
      'the runs are of other commits',
      'unavailable',
      /first parents that is at hand/,
      () => list([['f'.repeat(40), { fault: '' }]]),
    ],
    [
      'its artifact has expired',
      'unavailable',
      /cannot be had: it has expired/,
      () => list([[first.commit, { fault: 'it has expired' }]]),
    ],
    [
      'GitHub does not answer',
      'unavailable',
      /could not be looked up: 503/,
      () => ({ ...list([]), list: async () => ({ fault: '503' }) }),
    ],
    ['nobody can be asked', 'unavailable', /in a workflow only/, () => undefined],
  ];
  test.each(situations)('is told as it is where %s', async (_, state, text, runs) => {
    const { baseline, rule, model } = await judgeOn([note(state), note('e')], runs());
    expect(baseline).toMatchObject({ name: 'base', state });
    expect(baseline?.text).toMatch(text);
    expect(rule?.outcome).toBe(state === 'none-yet' ? 'not-applicable' : 'cannot-measure');
    expect(model?.blocks).toBe(state !== 'none-yet');
  });

  const tricks: [what: string, text: RegExp, trick: (folder: string) => Promise<void>][] = [
    [
      'speaks of another commit',
      /another commit/,
      (folder) => tamper(folder, 'evidence/evaluation.json', /"commit": "[0-9a-f]+"/, `"commit": "${'a'.repeat(40)}"`),
    ],
    [
      'is of another model',
      /another model/,
      (folder) => tamper(folder, 'evidence/evaluation.json', '"model": "penguins"', '"model": "owls"'),
    ],
    [
      'breaks its schema',
      /not evaluation evidence/,
      (folder) => tamper(folder, 'evidence/evaluation.json', '"metrics"', '"metrix"'),
    ],
    ['is not there', /no evaluation of this model/, (folder) => rm(join(folder, 'evidence/evaluation.json'))],
    ['is of no model that is judged', /holds nothing about penguins/, (folder) => rm(folder, { recursive: true })],
  ];
  test.each(tricks)('is refused where its evidence %s', async (_, text, trick) => {
    const folder = await workshop.makeFolder();
    await cp(first.judged, folder, { recursive: true });
    await trick(join(folder, 'penguins'));
    const { baseline } = await judgeOn([note('g'), note('f')], list([[first.commit, { folder }]]));
    expect(baseline).toMatchObject({ state: 'unavailable' });
    expect(baseline?.text).toMatch(text);
  });
});

test('of a push the base is its first parent', async () => {
  workshop.git('checkout', '--quiet', '--force', '--detach', first.commit);
  await workshop.write('notes.txt', 'pushed');
  const head = workshop.commit();
  const judged = await judge(workshop, createPush(head), {
    candidates: hold(await restate(workshop, trained, head)),
    runs: list([[first.commit, { folder: first.judged }]]),
  });
  const { verdict } = await judged.read('penguins');
  expect(verdict?.baselines).toMatchObject([{ name: 'base', state: 'found', distance: 0, commit: first.commit }]);
  expect(verdict?.ruleChanges).toBeUndefined();
});
