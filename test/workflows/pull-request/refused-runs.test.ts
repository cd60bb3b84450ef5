import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';
import { createWorkflowRunRun } from '../../support/workflows/events.ts';
import type { RunEvent } from '../../support/workflows/run/run.ts';
import { type Candidate, listEntries, readEntries, restate, zip } from './forged-candidate.ts';
import { CANDIDATE, type ForkPull, ForkScene, STRANGER } from './fork-scene.ts';

let scene: ForkScene;
let honest: Candidate;
beforeAll(async () => {
  const branches = '      branches: \'["main", "release"]\'\n';
  scene = await ForkScene.open({
    adapt: (caller) => caller.replaceAll(/^ {6}config: modelgate\.yml\n/gm, (line) => `${line}${branches}`),
  });
  honest = (await scene.trainHonestly()).candidate;
  for (const branch of ['release', 'elsewhere']) await scene.repository.commit({ branch, files: {}, from: 'main' });
});
afterAll(() => scene[Symbol.asyncDispose]());

type Forged = Parameters<ForkScene['forgeRun']>[1];

/** A run with a candidate that would pass, of an approved commit. */
async function leaveCandidate(pull: ForkPull, more?: Forged) {
  scene.approve(pull);
  const run = scene.forgeRun(pull, more);
  run.addArtifact(CANDIDATE, await zip(listEntries(restate(honest, pull.sha))));
  return run;
}

function expectNothingPosted({ number, sha }: ForkPull): void {
  expect(scene.repository.inspect.comments(number)).toEqual([]);
  expect(scene.repository.inspect.checkRuns(sha)).toEqual([]);
}

test('what a stranger’s run left behind is not measured, and spends nothing, before somebody approved its commit', async () => {
  const countVerdicts = async () => parseLedger(await readBranchByGit(scene.repository)).events.length;
  const before = await countVerdicts();
  const pull = await scene.openPullRequest('unseen', { 'notes.txt': 'unseen' });
  const run = scene.forgeRun(pull);
  run.addArtifact(CANDIDATE, await zip(listEntries(restate(honest, pull.sha))));
  const reported = await scene.report(run.id);
  expect(scene.findCheck(pull.sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(scene.readComment(pull.number)).toContain('This pull request comes from a fork');
  const files = await readEntries(scene.readArtifact(reported.id, 'modelgate-reported'));
  expect(files.map(([name]) => name)).toEqual(['judged.json']);
  expect(await countVerdicts()).toBe(before);

  scene.approve(pull);
  await scene.report(run.id);
  expect(scene.findCheck(pull.sha)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(await countVerdicts()).toBe(before + 1);
});

test('a run of another workflow of the same name is not reported', async () => {
  const pull = await scene.openPullRequest('other-workflow', { 'notes.txt': '1' });
  const run = await leaveCandidate(pull, { workflowPath: '.github/workflows/other.yml' });
  const reported = await scene.report(run.id);
  expect(reported.conclusion).toBe('failure');
  expect(reported.log).toContain('is of .github/workflows/other.yml, not of .github/workflows/model.yml');
  expectNothingPosted(pull);
});

test('nor is a run of another repository', async () => {
  const { github } = scene.scene;
  const pull = await scene.openPullRequest('other-repository', { 'notes.txt': '2' });
  const run = await leaveCandidate(pull);
  const other = await github.createRepository({ owner: 'mallory', name: 'zoo', files: { a: 'a' } });
  const head = { headSha: pull.sha, headBranch: pull.branch };
  const foreign = other.createRun({ workflowPath: '.github/workflows/model.yml', event: 'pull_request', ...head });
  const { payload, ...event } = await createWorkflowRunRun(github, scene.repository, run.id, 'completed');
  const forged: RunEvent = {
    ...event,
    payload: { ...payload, workflow_run: { ...(payload['workflow_run'] as object), id: foreign.id } },
  };
  const reported = await scene.reportEvent(forged);
  expect(reported.conclusion).toBe('failure');
  expectNothingPosted(pull);
});

test('a commit that is no head any more has no green check, and no comment speaks of it', async () => {
  const pull = await scene.openPullRequest('moved-on', { 'notes.txt': '3' });
  const run = await leaveCandidate(pull);
  await scene.fork.commit({ branch: pull.branch, files: { 'notes.txt': '4' }, author: STRANGER });
  await scene.report(run.id);
  expect(scene.findCheck(pull.sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(scene.repository.inspect.comments(pull.number)).toEqual([]);
});

test('a pull request that was closed meanwhile has none either', async () => {
  const pull = await scene.openPullRequest('closed', { 'notes.txt': '5' });
  const run = await leaveCandidate(pull);
  scene.repository.pullRequest(pull.number).state = 'closed';
  await scene.report(run.id);
  expect(scene.findCheck(pull.sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(scene.repository.inspect.comments(pull.number)).toEqual([]);
});

test('what is merged into a branch that nobody named is not judged', async () => {
  const pull = await scene.openPullRequest('to-elsewhere', { 'notes.txt': '6' }, 'elsewhere');
  const run = await leaveCandidate(pull);
  await scene.report(run.id);
  expectNothingPosted(pull);
});

test.for([
  ['one branch', 'twice-a', 'twice-a'],
  ['two branches', 'twice-b', 'twice-c'],
])('a commit that is to be merged twice, from %s, has no green check', async ([, first = '', second = '']) => {
  const pull = await scene.openPullRequest(first, { 'notes.txt': first });
  await scene.fork.setRef(`refs/heads/${second}`, pull.sha);
  const head = { repository: scene.fork, branch: second };
  const other = await scene.repository.openPullRequest({ head, author: STRANGER, base: 'release' });
  for (const branch of new Set([first, second])) {
    await scene.report((await leaveCandidate({ ...pull, branch })).id);
    const check = scene.findCheck(pull.sha);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check?.output.summary).toContain(`is the head of the pull requests ${pull.number}, ${other.number}`);
  }
  for (const { number } of [pull, other]) expect(scene.repository.inspect.comments(number)).toEqual([]);
});
