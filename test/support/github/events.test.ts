import { expect, test } from 'vitest';
import { checkWebhook } from './openapi/checks.ts';
import { startGitHub } from './start.ts';

async function startWithPull() {
  const github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  const before = (await repository.resolve('main')) ?? '';
  const fork = await repository.fork('ada');
  const after = await fork.commit({ branch: 'patch', files: { 'b.txt': 'b\n', 'a.txt': null } });
  const { number } = await repository.openPullRequest({ head: { repository: fork, branch: 'patch' } });
  return { github, repository, fork, before, after, number, create: github.createEvent };
}

// Each builder checks its payload against GitHub's description and throws otherwise.
test('pull requests have events of each kind', async () => {
  const { github, repository, before, after, number, create } = await startWithPull();
  await using _ = github;
  const actions = ['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled'] as const;
  for (const action of actions) {
    const payload = await create.pullRequest(repository, number, action, { before, label: 'model' });
    expect(payload).toMatchObject({
      action,
      number: 1,
      pull_request: { head: { sha: after, repo: { full_name: 'ada/penguins', fork: true } }, base: { sha: before } },
      repository: { id: repository.id, full_name: 'octo/penguins' },
      sender: { login: 'ada' },
    });
  }
});

test('reviews, runs, pushes, merge groups and dispatches have events', async () => {
  const { github, repository, fork, before, after, number, create } = await startWithPull();
  await using _ = github;
  const review = repository.addReview(number, { login: 'bob', state: 'APPROVED' });
  expect(await create.pullRequestReview(repository, review)).toMatchObject({ review: { state: 'approved' } });
  const head = { headSha: after, headBranch: 'patch', headRepository: fork };
  const run = repository.createRun({ workflowPath: '.github/workflows/model.yml', event: 'pull_request', ...head });
  expect(await create.workflowRun(repository, run.id, 'requested')).toMatchObject({ workflow_run: { id: run.id } });
  run.update({ status: 'completed', conclusion: 'success' });
  expect(await create.workflowRun(repository, run.id, 'completed')).toMatchObject({
    workflow_run: { conclusion: 'success', head_repository: { full_name: 'ada/penguins' } },
  });
  expect(await create.push(fork, { ref: 'refs/heads/patch', before, after })).toMatchObject({
    commits: [{ id: after, added: ['b.txt'], removed: ['a.txt'] }],
  });
  const group = { headSha: (await repository.resolve('pull/1/merge')) ?? '', baseSha: before };
  expect(await create.mergeGroup(repository, group)).toMatchObject({ merge_group: { base_ref: 'refs/heads/main' } });
  create.workflowDispatch(repository, { workflow: '.github/workflows/model.yml', inputs: { model: 'penguins' } });
  create.repositoryDispatch(repository, { type: 'promote', payload: { model: 'penguins' } });
});

test('a payload that GitHub would not send is one that the check finds', async () => {
  const { github, repository, number, create } = await startWithPull();
  await using _ = github;
  const payload = await create.pullRequest(repository, number, 'opened');
  expect(checkWebhook('pull-request-opened', payload)).toEqual([]);
  expect(checkWebhook('pull-request-opened', { ...payload, number: 'one' })).not.toEqual([]);
  expect(checkWebhook('pull-request-opened', { ...payload, numberr: 1 })).not.toEqual([]);
});
