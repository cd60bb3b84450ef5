import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import type { RunContext } from '../../src/github/context.ts';
import { findSubject } from '../../src/github/subject.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect, openPullRequest } from './hub.ts';

const WORKFLOW = '.github/workflows/model.yml';

let github: GitHub;
let repository: Repository;
let headSha: string;
let baseSha: string;
let number: number;
let client: Client;
beforeEach(async () => {
  github = await startGitHub();
  const opened = await openPullRequest(github);
  repository = opened.repository;
  ({ headSha, baseSha, number } = opened.pull);
  client = connect(github, repository, { actions: 'read', contents: 'read', 'pull-requests': 'read' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

function context(event: string, payload: object): RunContext {
  const { owner, name, fullName, id } = repository;
  return {
    repository: { owner, name, fullName, id },
    event,
    runId: 1,
    attempt: 1,
    sha: '0'.repeat(40),
    workflowPath: '.github/workflows/report.yml',
    serverUrl: github.serverUrl,
    apiUrl: github.apiUrl,
    defaultBranch: 'main',
    payload: { repository: { id, full_name: fullName }, ...payload },
  };
}

/** Announces a run, as workflow_run does: everything but its id is to be read again. */
function announce(run: { id: number; attempt: number }, change: object = {}) {
  const told = { id: run.id, run_attempt: run.attempt, head_sha: 'f'.repeat(40), pull_requests: [{ number: 666 }] };
  return context('workflow_run', { action: 'completed', workflow_run: { ...told, ...change } });
}

function startRun(change: Partial<Parameters<Repository['createRun']>[0]> = {}) {
  const run = { workflowPath: WORKFLOW, event: 'pull_request', headSha, headBranch: 'topic' };
  return repository.createRun({ ...run, status: 'completed', conclusion: 'success', ...change });
}

function describePull(change: object = {}) {
  const repo = { id: repository.id, full_name: repository.fullName };
  const head = { sha: headSha, ref: 'topic', repo };
  const base = { sha: baseSha, ref: 'main', repo };
  return { pull_request: { number, state: 'open', draft: false, user: { login: 'ada' }, head, base, ...change } };
}

const pullRequest = () => ({
  kind: 'pull-request',
  number,
  head: { sha: headSha, repository: 'octo/penguins', repositoryId: repository.id, ref: 'topic' },
  base: { sha: baseSha, ref: 'main' },
  draft: false,
  fork: false,
  author: 'ada',
});

test.each(['pull_request', 'pull_request_review'])(
  '%s names its pull request, and asks GitHub nothing',
  async (event) => {
    const found = await findSubject(context(event, describePull()), client);
    expect(found).toEqual({ subject: pullRequest() });
    expect(github.requests).toEqual([]);
  },
);

test('a fork and a draft are told', async () => {
  const head = { sha: headSha, ref: 'topic', repo: { id: 99_999, full_name: 'ada/penguins' } };
  const { subject } = await findSubject(context('pull_request', describePull({ head, draft: true })), client);
  expect(subject).toMatchObject({
    fork: true,
    draft: true,
    head: { repository: 'ada/penguins', repositoryId: 99_999 },
  });
});

test('what is closed, and what comes from a deleted fork, is gone', async () => {
  const closed = await findSubject(context('pull_request', describePull({ state: 'closed' })), client);
  expect(closed.subject).toMatchObject({ kind: 'gone', reason: expect.stringContaining('closed') });
  const head = { sha: headSha, ref: 'topic', repo: null };
  const deleted = await findSubject(context('pull_request', describePull({ head })), client);
  expect(deleted.subject).toMatchObject({ kind: 'gone', reason: expect.stringContaining('deleted') });
});

test('a merge group has a head and a base', async () => {
  const branch = `gh-readonly-queue/main/pr-1-${baseSha}`;
  const merge_group = {
    head_sha: headSha,
    head_ref: `refs/heads/${branch}`,
    base_sha: baseSha,
    base_ref: 'refs/heads/main',
  };
  const { subject } = await findSubject(context('merge_group', { action: 'checks_requested', merge_group }), client);
  expect(subject).toMatchObject({
    kind: 'merge-group',
    head: { sha: headSha, ref: branch },
    base: { sha: baseSha, ref: 'main' },
  });
});

test('a push judges itself; a deleted branch is gone, and a tag is a mistake', async () => {
  const push = { ref: 'refs/heads/main', after: headSha, deleted: false };
  const { subject } = await findSubject(context('push', push), client);
  expect(subject).toMatchObject({ kind: 'push', head: { sha: headSha, ref: 'main' } });
  expect(subject).not.toHaveProperty('base');
  const gone = await findSubject(context('push', { ...push, deleted: true }), client);
  expect(gone.subject.kind).toBe('gone');
  await expect(findSubject(context('push', { ...push, ref: 'refs/tags/v1' }), client)).rejects.toThrow(
    'branches: [main]',
  );
});

test('another event is a mistake that lists ours', async () => {
  await expect(findSubject(context('issue_comment', {}), client)).rejects.toThrow(
    'pull_request, pull_request_review, merge_group, push, workflow_run',
  );
  await expect(findSubject(context('pull_request', {}), client)).rejects.toThrow('not as GitHub sends it');
});

test('a finished run leads to its pull request by what the API says, whatever the event claims', async () => {
  const run = startRun({ conclusion: 'failure' });
  const found = await findSubject(announce(run), client, WORKFLOW);
  expect(found.subject).toEqual(pullRequest());
  expect(found.run).toMatchObject({ id: run.id, conclusion: 'failure', headSha, workflowPath: WORKFLOW, attempt: 1 });
});

test('a fork’s run leads to the fork’s pull request, not to one of a branch of the same name', async () => {
  const fork = await repository.fork('mallory');
  await fork.commit({ branch: 'topic', files: { 'train.py': 'evil' } });
  const pull = await repository.openPullRequest({ head: { repository: fork, branch: 'topic' } });
  const run = startRun({ headSha: pull.headSha, headRepository: fork });
  const { subject } = await findSubject(announce(run), client, WORKFLOW);
  expect(subject).toMatchObject({ number: pull.number, fork: true, author: 'mallory', head: { sha: pull.headSha } });
});

test('a head that moved on, and a pull request that was closed, are gone', async () => {
  const run = startRun();
  await repository.commit({ branch: 'topic', files: { 'train.py': 'print(2)' } });
  const found = await findSubject(announce(run), client, WORKFLOW);
  expect(found.subject).toMatchObject({ kind: 'gone', reason: expect.stringContaining('no open pull request') });
});

test('one commit in two pull requests is ambiguous: its check could pass for one base only', async () => {
  await repository.commit({ branch: 'lenient', files: { 'modelgate.yml': 'gates: {}' } });
  const second = await repository.openPullRequest({ head: 'topic', base: 'lenient' });
  const { subject } = await findSubject(announce(startRun()), client, WORKFLOW);
  expect(subject).toMatchObject({ kind: 'ambiguous' });
  expect('numbers' in subject ? [...subject.numbers].sort() : []).toEqual([number, second.number].sort());
});

test('a run of another workflow is refused, also where its name is ours', async () => {
  const run = startRun({ workflowPath: '.github/workflows/evil.yml', name: 'Model' });
  await expect(findSubject(announce(run), client, WORKFLOW)).rejects.toThrow('.github/workflows/evil.yml');
});

test('a run on an event that judges nothing is refused', async () => {
  const run = startRun({ event: 'pull_request_target' });
  await expect(findSubject(announce(run), client, WORKFLOW)).rejects.toThrow('pull_request_target');
});

test('a run that was started again is left to its later attempt', async () => {
  const run = startRun();
  const before = announce(run);
  run.rerun();
  expect((await findSubject(before, client, WORKFLOW)).subject.kind).toBe('gone');
});

test('a run of the merge queue is judged by the commit that its group stands on, wherever the branch went since', async () => {
  await repository.commit({ branch: 'main', files: { 'other.txt': 'x' } });
  const headBranch = `gh-readonly-queue/main/pr-${number}-${baseSha}`;
  const { subject } = await findSubject(announce(startRun({ event: 'merge_group', headBranch })), client, WORKFLOW);
  expect(subject).toMatchObject({
    kind: 'merge-group',
    base: { ref: 'main', sha: baseSha },
  });
  const strange = startRun({ event: 'merge_group', headBranch: 'topic' });
  await expect(findSubject(announce(strange), client, WORKFLOW)).rejects.toThrow('none of a merge queue');
});

test('a push run of a fork is not ours to judge', async () => {
  const fork = await repository.fork('mallory');
  const own = await findSubject(announce(startRun({ event: 'push', headBranch: 'main' })), client, WORKFLOW);
  expect(own.subject).toMatchObject({ kind: 'push', head: { ref: 'main' } });
  const theirs = startRun({ event: 'push', headBranch: 'main', headRepository: fork });
  await expect(findSubject(announce(theirs), client, WORKFLOW)).rejects.toThrow('not ours to judge');
});
