import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from '../github/octokit.ts';
import { type GitHub, type Repository, startGitHub } from '../github/start.ts';
import { createDispatchRun, createIssueCommentRun, createRepositoryDispatchRun } from './events.ts';
import type { RunOptions } from './run-options.ts';
import { runWorkflow } from './run-workflow.ts';

// https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/review-deployments
const AT = { owner: 'octo', repo: 'zoo' };
const PROMOTE = `
on:
  workflow_dispatch:
    inputs: {stage: {required: true, type: string}}
jobs:
  promote:
    runs-on: x
    environment: {name: "\${{ inputs.stage }}", deployment: false}
    steps: [{run: 'echo "promoted by $GITHUB_ACTOR"'}]
`;

async function open(workflow = PROMOTE) {
  const github = await startGitHub();
  const files = { '.github/workflows/promote.yml': workflow };
  const repository = await github.createRepository({ owner: AT.owner, name: AT.repo, files });
  for (const login of ['ada', 'grace']) repository.addCollaborator(login, login === 'ada' ? 'admin' : 'write');
  const ada = createOctokit(github, repository, {}, { kind: 'user', login: 'ada' }).rest;
  return { github, repository, ada, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

async function protect(ada: Awaited<ReturnType<typeof open>>['ada'], logins: readonly string[]) {
  const ids = await Promise.all(logins.map(async (username) => (await ada.users.getByUsername({ username })).data.id));
  const reviewers = ids.map((id) => ({ type: 'User' as const, id }));
  await ada.repos.createOrUpdateEnvironment({
    ...AT,
    environment_name: 'production',
    prevent_self_review: true,
    reviewers,
  });
}

/** Starts the workflow by hand and gives it when it waits, or has ended. */
async function start(github: GitHub, repository: Repository, actor: string, more: Partial<RunOptions> = {}) {
  const workflow = '.github/workflows/promote.yml';
  const event = await createDispatchRun(github, repository, {
    workflow,
    inputs: { stage: 'production' },
    sender: actor,
  });
  const result = runWorkflow({ workflow, event, github, repository, actor, ...more });
  const isWaiting = () => repository.inspect.runs().at(-1)?.status === 'waiting';
  let ended = false;
  void result.finally(() => {
    ended = true;
  });
  while (!isWaiting() && !ended) await new Promise((resolve) => setImmediate(resolve));
  return { result, id: repository.inspect.runs().at(-1)?.id ?? 0 };
}

test('a job waits for a reviewer of its environment, who is not the one who asked', async () => {
  await using room = await open();
  const { github, repository, ada } = room;
  await protect(ada, ['ada', 'grace']);
  const { result, id } = await start(github, repository, 'grace');
  const [pending] = (await ada.actions.getPendingDeploymentsForRun({ ...AT, run_id: id })).data;
  expect(pending).toMatchObject({ environment: { name: 'production' }, current_user_can_approve: true });
  const decide = { ...AT, run_id: id, environment_ids: [pending?.environment.id ?? 0], comment: 'well measured' };
  const grace = createOctokit(github, repository, {}, { kind: 'user', login: 'grace' }).rest.actions;
  const refusal = await readRefusal(grace.reviewPendingDeploymentsForRun({ ...decide, state: 'approved' }));
  expect(refusal).toBe('422 grace is not a required reviewer');
  await ada.actions.reviewPendingDeploymentsForRun({ ...decide, state: 'approved' });
  const ended = await result;
  expect(ended.conclusion, ended.log).toBe('success');
  expect(ended.log).toContain('promoted by grace');
  const [approval] = (await ada.actions.getReviewsForRun({ ...AT, run_id: id })).data;
  expect(approval).toMatchObject({ state: 'approved', comment: 'well measured', user: { login: 'ada' } });
  // `deployment: false`
  expect(repository.inspect.deployments()).toEqual([]);
});

test('a rejected job fails without a start, and a cancelled one waits no longer', async () => {
  await using room = await open(PROMOTE.replace(', deployment: false', ''));
  const { github, repository, ada } = room;
  await protect(ada, ['ada']);
  const first = await start(github, repository, 'grace');
  const [pending] = (await ada.actions.getPendingDeploymentsForRun({ ...AT, run_id: first.id })).data;
  const decide = { ...AT, run_id: first.id, environment_ids: [pending?.environment.id ?? 0], comment: '' };
  await ada.actions.reviewPendingDeploymentsForRun({ ...decide, state: 'rejected' });
  const rejected = await first.result;
  expect([rejected.conclusion, rejected.jobs['promote']?.steps]).toEqual(['failure', []]);
  const stop = new AbortController();
  const second = await start(github, repository, 'grace', { signal: stop.signal });
  stop.abort();
  expect((await second.result).conclusion).toBe('cancelled');
  expect(repository.inspect.deployments()).toEqual([]);
});

test('an environment without reviewers holds nobody back, and its job is a deployment', async () => {
  await using room = await open(PROMOTE.replace(', deployment: false', ''));
  const { result } = await start(room.github, room.repository, 'grace');
  expect((await result).conclusion).toBe('success');
  expect(room.repository.inspect.deployments()).toMatchObject([{ environment: 'production' }]);
});

test('comments on issues and dispatches start runs of the default branch', async () => {
  const workflow = `
on:
  issue_comment: {types: [created]}
  repository_dispatch: {types: [modelgate-promoted]}
jobs:
  a:
    runs-on: x
    steps: [{run: 'echo "$GITHUB_REF $WORDS"', env: {WORDS: "\${{ github.event.comment.body || github.event.client_payload.stage }}"}}]
`;
  await using room = await open(workflow);
  const { github, repository, ada } = room;
  const { data: issue } = await ada.issues.create({ ...AT, title: 'Promote' });
  const comment = repository.addComment(issue.number, { login: 'grace', body: '/approve' });
  const common = { github, repository, workflow: '.github/workflows/promote.yml' };
  const commented = await runWorkflow({ ...common, event: await createIssueCommentRun(github, repository, comment) });
  expect(commented.log).toContain('refs/heads/main /approve');
  const dispatch = { type: 'modelgate-promoted', payload: { stage: 'production' } };
  const event = await createRepositoryDispatchRun(github, repository, dispatch);
  expect((await runWorkflow({ ...common, event })).log).toContain('refs/heads/main production');
  const other = await createRepositoryDispatchRun(github, repository, { type: 'other', payload: {} });
  await expect(runWorkflow({ ...common, event: other })).rejects.toThrow('other is none of modelgate-promoted');
});
