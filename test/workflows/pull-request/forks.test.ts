import { expect, test } from 'vitest';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { ForkScene, listWrites, STRANGER } from './fork-scene.ts';

const RUNNERS = [
  ...['      train-runner: \'["self-hosted", "gpu"]\'', '      fork-runner: \'["ubuntu-latest", "for-forks"]\''],
];

/** The callers to copy, with a machine of the team's own to train on and another one for forks. */
function nameRunners(caller: string): string {
  return caller.replace(/( {4}uses: .*model-pull-request\.yml.*\n {4}with:\n)/, `$1${RUNNERS.join('\n')}\n`);
}

const change = (epochs: number) => ({
  'params.yaml': `epochs: ${epochs}\nlearning-rate: 0.5\nl2: 0.001\nseed: 7\ncheckpoint-every: 20\n`,
});

const listTrained = ({ jobs }: RunResult) =>
  Object.values(jobs).flatMap(({ name, result, runsOn }) =>
    /\/ (train|validate) penguins/.test(name) && result !== 'skipped' ? [{ name, result, runsOn }] : [],
  );

test('the code of a stranger runs after somebody who may write has approved exactly this commit', async () => {
  await using scene = await ForkScene.open({ adapt: nameRunners });
  const { repository } = scene;
  repository.addCollaborator('maintainer', 'write');
  repository.addCollaborator('reader', 'triage');
  const { number, branch, sha: old } = await scene.openPullRequest('faster', change(150));
  // Of a commit that is no longer the head, of the author, of somebody who may not write: none of them counts.
  const sha = await scene.fork.commit({ branch, files: change(160), author: STRANGER });
  repository.addReview(number, { login: 'maintainer', state: 'APPROVED', commit: old });
  repository.addReview(number, { login: STRANGER, state: 'APPROVED' });
  repository.addReview(number, { login: 'reader', state: 'APPROVED' });

  const waiting = await scene.start(number);
  expect(waiting.jobs['model / plan']?.log).toContain("penguins: refuse: a fork's code runs only after");
  expect(listTrained(waiting)).toEqual([]);
  expect(waiting.conclusion).toBe('failure');
  await scene.report(waiting.id, 'requested');
  expect(scene.findCheck(sha)).toMatchObject({ status: 'in_progress', conclusion: null });
  await scene.report(waiting.id);
  expect(scene.findCheck(sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(scene.readComment(number)).toContain('This pull request comes from a fork');
  expect(scene.readComment(number)).toContain('on its head commit, and then runs the workflow again');

  repository.addReview(number, { login: 'maintainer', state: 'APPROVED', commit: sha });
  const trained = await scene.start(number, { rerun: { of: waiting } });
  expect(trained.conclusion, trained.log).toBe('success');
  expect(listTrained(trained)).toEqual([
    { name: 'model / validate penguins', result: 'success', runsOn: 'ubuntu-latest' },
    { name: 'model / train penguins', result: 'success', runsOn: ['ubuntu-latest', 'for-forks'] },
  ]);
  // Nothing of the run that executes the stranger's files can write, and only one job of the other one can.
  expect([...listWrites(waiting), ...listWrites(trained)]).toEqual([]);
  const opened = await scene.report(trained.id, 'requested');
  expect(listWrites(opened)).toEqual(['report / open the check: checks']);
  expect(scene.findCheck(sha)).toMatchObject({ status: 'in_progress', conclusion: null });
  const posted = await scene.report(trained.id);
  // `contents` is the verdict that the budget counts, in the ledger.
  expect(listWrites(posted)).toEqual([
    'report / post: checks',
    'report / post: contents',
    'report / post: pull-requests',
  ]);
  expect(scene.findCheck(sha)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(scene.readComment(number)).toContain('penguins: pass');

  const pushed = await scene.fork.commit({ branch, files: change(170), author: STRANGER });
  const again = await scene.start(number);
  expect(listTrained(again)).toEqual([]);
  await scene.report(again.id);
  expect(scene.findCheck(pushed)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(scene.readComment(number)).toContain('This pull request comes from a fork');
});

test.for([
  ['taken back by asking for changes', 'CHANGES_REQUESTED'],
  ['dismissed', 'DISMISSED'],
] as const)('an approval that was %s does not count any more', async ([, state]) => {
  await using scene = await ForkScene.open();
  const { repository } = scene;
  repository.addCollaborator('maintainer', 'admin');
  const { number } = await scene.openPullRequest('faster', change(150));
  const review = repository.addReview(number, { login: 'maintainer', state: 'APPROVED' });
  if (state === 'DISMISSED') review.state = state;
  else repository.addReview(number, { login: 'maintainer', state });
  expect(listTrained(await scene.start(number))).toEqual([]);
});

test('in the shape of one file, the run of a fork says that two files are needed, and nothing is green', async () => {
  await using scene = await ForkScene.open({ shape: 'one-file' });
  const { number, sha } = await scene.openPullRequest('faster', change(150));
  scene.repository.addCollaborator('maintainer', 'write');
  scene.repository.addReview(number, { login: 'maintainer', state: 'APPROVED' });
  const run = await scene.start(number);
  expect(run.conclusion).toBe('failure');
  const { result, log } = run.jobs['report / post'] ?? {};
  expect(result).toBe('failure');
  expect(log).toContain('Use the two files of `workflows/forks`');
  expect(listWrites(run)).toEqual([]);
  expect(scene.repository.inspect.comments(number)).toEqual([]);
  const green = scene.repository.inspect.checkRuns(sha).filter(({ name }) => name.startsWith('modelgate'));
  expect(green).toEqual([]);
});
