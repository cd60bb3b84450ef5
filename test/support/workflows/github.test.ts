import { expect, test } from 'vitest';
import { type GitHub, type Repository, startGitHub } from '../github/start.ts';
import { PUSH, runExample } from './example.ts';
import type { RunOptions } from './run-options.ts';

/** Runs a workflow on a push to the main branch of a repository. */
async function runOn(github: GitHub, repository: Repository, content: string, options: Partial<RunOptions> = {}) {
  const sha = (await repository.resolve('main')) ?? '';
  return runExample(content, { event: { ...PUSH, sha }, github, repository, ...options });
}

const create = (github: GitHub) =>
  github.createRepository({ owner: 'octo', name: 'penguins', files: { 'data.csv': 'a\n1\n', 'sub/x.txt': 'x' } });

// https://docs.github.com/en/actions/tutorials/store-and-share-data
test('a job gets only what another uploaded, whole and by its digest', async () => {
  await using github = await startGitHub();
  const repository = await create(github);
  const result = await runOn(
    github,
    repository,
    `
on: push
jobs:
  train:
    runs-on: x
    outputs: {id: "\${{ steps.up.outputs.artifact-id }}", digest: "\${{ steps.up.outputs.artifact-digest }}"}
    steps:
      - uses: actions/checkout@v7
      - run: cp data.csv sub/model.csv; echo hidden > sub/.env
      - {id: up, uses: actions/upload-artifact@v7, with: {name: model, path: sub}}
      - uses: actions/upload-artifact@v7
        with: {name: parts, path: "*.csv\\nsub/*.txt\\nnone/**"}
      - {uses: actions/upload-artifact@v7, continue-on-error: true, with: {name: model, path: sub}}
      - {uses: actions/upload-artifact@v7, continue-on-error: true, with: {name: n, path: none, if-no-files-found: error}}
  judge:
    needs: train
    runs-on: x
    steps:
      - run: test ! -e data.csv; [ -z "$ACTIONS_RUNTIME_TOKEN$ACTIONS_RESULTS_URL" ]
      - {uses: actions/download-artifact@v8, with: {artifact-ids: "\${{ needs.train.outputs.id }}", path: in}}
      - {id: all, uses: actions/download-artifact@v8, with: {pattern: "*"}}
      - run: (cd in && find . -type f; cd ../parts && find . -type f; cat data.csv) | sort
      - {uses: actions/download-artifact@v8, continue-on-error: true, with: {name: other}}
`,
  );
  expect(result.conclusion, result.log).toBe('success');
  const steps = result.jobs['train']?.steps.slice(4, 6).map(({ outcome, log }) => [outcome, log]);
  expect(steps).toEqual([
    ['failure', expect.stringContaining('an artifact with this name already exists')],
    ['failure', expect.stringContaining('No files were found with the provided path: none')],
  ]);
  const judge = result.jobs['judge']?.steps;
  expect(judge?.[3]?.log.split('\n')).toEqual(['./data.csv', './model.csv', './sub/x.txt', './x.txt', '1', 'a'].sort());
  expect(judge?.[4]?.outcome).toBe('failure');
  const [stored] = repository.inspect.artifacts(result.id);
  expect(stored).toMatchObject({ name: 'model', digest: `sha256:${result.jobs['train']?.outputs['digest']}` });
});

test('the run and its jobs appear in the repository, and their tokens end with them', async () => {
  await using github = await startGitHub();
  const repository = await create(github);
  const api = 'curl -s -o /dev/null -w "%{http_code}" -H "authorization: Bearer $TOKEN"';
  const result = await runOn(
    github,
    repository,
    `
name: Model
on: push
permissions: {contents: read}
jobs:
  a:
    runs-on: x
    outputs: {run: "\${{ github.run_id }}"}
    env: {TOKEN: "\${{ github.token }}"}
    steps:
      - run: '${api} "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/branches/main"'
      - run: '${api} -X POST -d "{}" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/1/comments"'
      - run: 'echo "\${{ github.run_number }} $GITHUB_REPOSITORY_ID \${{ job.check_run_id }}"'
  b: {needs: a, if: failure(), runs-on: x, steps: [{run: 'exit 0'}]}
`,
  );
  const [allowed, refused, ids] = result.jobs['a']?.steps.map(({ log }) => log) ?? [];
  expect([allowed, refused]).toEqual(['200', '403']);
  const checks = repository.inspect.checkRuns((await repository.resolve('main')) ?? '');
  expect(checks.map(({ name, status, conclusion }) => [name, status, conclusion])).toEqual([
    ['a', 'completed', 'success'],
    ['b', 'completed', 'skipped'],
  ]);
  expect(ids).toBe(`1 ${repository.id} ${checks[0]?.id}`);
  expect(repository.inspect.runs()).toMatchObject([
    { id: result.id, name: 'Model', status: 'completed', conclusion: 'success' },
  ]);
});

// https://github.com/actions/checkout
test('checkout takes one commit or all, and leaves no token behind', async () => {
  await using github = await startGitHub();
  const repository = await create(github);
  const first = (await repository.resolve('main')) ?? '';
  await repository.commit({ branch: 'main', files: { 'data.csv': 'b\n' } });
  await repository.commit({ branch: 'side', files: { 'side.txt': 's' }, from: first });
  const result = await runOn(
    github,
    repository,
    `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - {id: one, uses: actions/checkout@v7}
      - run: git rev-list --count HEAD; git branch --show-current; git config --get-regexp extraheader | wc -l
      - {uses: actions/checkout@v7, with: {path: all, fetch-depth: 0, persist-credentials: false}}
      - run: cd all; git rev-list --count HEAD; git rev-parse --verify -q origin/side | wc -l; git config --get-regexp extraheader | wc -l
      - {id: old, uses: actions/checkout@v7, with: {path: old, ref: ${first}}}
      - {uses: actions/checkout@v7, with: {path: side, ref: side}}
      - run: cat old/data.csv side/side.txt
      - {uses: actions/checkout@v7, continue-on-error: true, with: {path: ../out}}
      - {uses: actions/checkout@v7, continue-on-error: true, with: {ref: none, path: n}}
`,
  );
  expect(result.conclusion, result.log).toBe('success');
  const steps = result.jobs['a']?.steps ?? [];
  expect(steps[1]?.log).toBe('1\nmain\n1');
  expect(steps[3]?.log).toBe('2\n1\n0');
  expect(steps[4]?.outputs).toEqual({ ref: first, commit: first });
  expect(steps[6]?.log).toBe('a\n1\ns');
  expect(steps.slice(7, 9).map(({ outcome }) => outcome)).toEqual(['failure', 'failure']);
});

// actions/checkout v7, src/unsafe-pr-checkout-helper.ts
test('checkout refuses the code of a fork in a run that holds secrets', async () => {
  await using github = await startGitHub();
  const repository = await create(github);
  const fork = await repository.fork('stranger');
  const head = await fork.commit({ branch: 'change', files: { 'evil.sh': 'x' } });
  const { number } = await repository.openPullRequest({ head: { repository: fork, branch: 'change' } });
  const sha = (await repository.resolve('main')) ?? '';
  const payload = {
    action: 'completed',
    repository: { id: repository.id },
    workflow_run: {
      name: 'M',
      event: 'pull_request',
      head_sha: head,
      head_repository: { id: fork.id, full_name: fork.fullName },
    },
  };
  const steps = [
    `ref: ${head}`,
    `ref: refs/pull/${number}/merge`,
    `repository: ${fork.fullName}`,
    `{ref: ${head}, allow-unsafe-pr-checkout: true}`,
  ];
  const uses = steps.map(
    (given, index) => `      - uses: actions/checkout@v7
        continue-on-error: true
        with: ${given.startsWith('{') ? given.replace('{', `{path: p${index}, `) : `{${given}, path: p${index}}`}`,
  );
  const result = await runOn(
    github,
    repository,
    `on: {workflow_run: {workflows: [M]}}\njobs:\n  a:\n    runs-on: x\n    steps:\n${uses.join('\n')}`,
    {
      event: { name: 'workflow_run', payload, sha, ref: 'refs/heads/main' },
    },
  );
  const outcomes = result.jobs['a']?.steps
    .filter(({ name }) => name.startsWith('Run'))
    .map(({ outcome, log }) => [outcome, log]);
  expect(outcomes).toEqual([
    ...Array.from({ length: 3 }, () => [
      'failure',
      expect.stringContaining('Refusing to check out fork pull request code'),
    ]),
    ['success', ''],
  ]);
});
