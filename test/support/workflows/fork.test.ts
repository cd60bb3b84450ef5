import { expect, test } from 'vitest';
import { startGitHub } from '../github/start.ts';
import { createPullRequestRun, createWorkflowRunRun } from './events.ts';
import { runWorkflow } from './run-workflow.ts';

const UNTRUSTED = `
name: Model
on: pull_request
permissions: {contents: read, checks: write}
jobs:
  train:
    runs-on: x
    outputs: {ok: "\${{ steps.up.outputs.artifact-id }}"}
    env: {TOKEN: "\${{ github.token }}", SECRET: "\${{ secrets.KEY }}"}
    steps:
      - uses: actions/checkout@v7
      - run: |
          echo "[$SECRET] \${{ github.head_ref }} to \${{ github.base_ref }} by \${{ github.actor }}" | tee said
          git cat-file -p HEAD | grep -c ^parent; test "$(git rev-parse HEAD)" = "$GITHUB_SHA"
          curl -s -o /dev/null -w '%{http_code}' -H "authorization: Bearer $TOKEN" -X POST \\
            -d '{"name":"x","head_sha":"\${{ github.event.pull_request.head.sha }}"}' "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/check-runs"
      - {id: up, uses: actions/upload-artifact@v7, with: {name: candidate, path: said}}
`;
const TRUSTED = `
on: {workflow_run: {workflows: [Model], types: [completed]}}
permissions: {contents: read, actions: read, checks: write}
jobs:
  post:
    runs-on: x
    env: {TOKEN: "\${{ github.token }}", SECRET: "\${{ secrets.KEY }}", HEAD: "\${{ github.event.workflow_run.head_sha }}"}
    steps:
      - {uses: actions/checkout@v7, with: {persist-credentials: false}}
      - uses: actions/download-artifact@v8
        with: {name: candidate, path: in, run-id: "\${{ github.event.workflow_run.id }}", github-token: "\${{ github.token }}"}
      - run: |
          cat in/said; ls; [ -n "$SECRET" ]
          curl -s -o /dev/null -w '%{http_code}' -H "authorization: Bearer $TOKEN" -X POST \\
            -d '{"name":"x","head_sha":"'$HEAD'"}' "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/check-runs"
`;

// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
test('a fork runs its change without rights, and the run that follows reads it with rights', async () => {
  await using github = await startGitHub();
  const files = { '.github/workflows/model.yml': UNTRUSTED, '.github/workflows/report.yml': TRUSTED };
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files });
  const fork = await repository.fork('stranger');
  const headSha = await fork.commit({ branch: 'change', files: { 'evil.sh': 'x' } });
  const { number } = await repository.openPullRequest({ head: { repository: fork, branch: 'change' } });
  const shared = { github, repository, secrets: { KEY: 'hunter2' } };

  const event = await createPullRequestRun(github, repository, number);
  const untrusted = { ...shared, headRepository: fork, actor: 'stranger' };
  const first = await runWorkflow({ workflow: '.github/workflows/model.yml', event, ...untrusted });
  expect(first.conclusion, first.log).toBe('success');
  expect(first.jobs['train']?.steps[1]?.log).toBe('[] change to main by stranger\n2\n403');
  expect(first.jobs['train']?.permissions).toEqual({ contents: 'read', checks: 'read' });
  expect(repository.inspect.runs()).toMatchObject([{ headSha, headBranch: 'change', headRepository: fork.state }]);

  const followed = await createWorkflowRunRun(github, repository, first.id, 'completed');
  const second = await runWorkflow({ workflow: '.github/workflows/report.yml', event: followed, ...shared });
  expect(second.conclusion, second.log).toBe('success');
  expect(second.jobs['post']?.steps[2]?.log).toBe('[] change to main by stranger\nin\n201');
  const names = repository.inspect.checkRuns(headSha).map(({ name, conclusion }) => [name, conclusion]);
  expect(names).toEqual([
    ['train', 'success'],
    ['x', null],
  ]);
});

test('a pull request in conflict with its base starts no run', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { a: '1\n' } });
  await repository.commit({ branch: 'change', files: { a: '2\n' } });
  await repository.commit({ branch: 'main', files: { a: '3\n' } });
  const { number } = await repository.openPullRequest({ head: 'change' });
  await expect(createPullRequestRun(github, repository, number)).rejects.toThrow('in conflict');
});
