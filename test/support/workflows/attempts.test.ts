import { expect, test } from 'vitest';
import { type GitHub, type Repository, startGitHub } from '../github/start.ts';
import { createPushRun } from './events.ts';
import { listResults, runExample } from './example.ts';
import type { RunOptions } from './run-options.ts';

/** Runs a workflow on a push to the main branch of a repository. */
async function runOn(github: GitHub, repository: Repository, content: string, options: Partial<RunOptions> = {}) {
  return runExample(content, { event: await createPushRun(github, repository), github, repository, ...options });
}

const create = (github: GitHub) =>
  github.createRepository({ owner: 'octo', name: 'penguins', files: { 'data.csv': 'a\n1\n' } });

// https://docs.github.com/en/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
test('the next attempt keeps what succeeded, and runs again what failed and what needs it', async () => {
  await using github = await startGitHub();
  const repository = await create(github);
  const content = `
on: push
jobs:
  a: {runs-on: x, outputs: {v: "\${{ steps.s.outputs.v }}"}, steps: [{id: s, run: 'echo v=$GITHUB_RUN_ATTEMPT >> "$GITHUB_OUTPUT"'}]}
  b: {needs: a, runs-on: x, steps: [{run: '[ $GITHUB_RUN_ATTEMPT = 2 ] && echo "a was \${{ needs.a.outputs.v }}"'}]}
  c: {needs: b, runs-on: x, steps: [{run: 'echo "c is $GITHUB_RUN_ATTEMPT"'}]}
  d: {needs: b, if: always(), runs-on: x, steps: [{run: 'echo "b was \${{ needs.b.result }}"'}]}
`;
  const first = await runOn(github, repository, content);
  expect(listResults(first)).toEqual({ a: 'success', b: 'failure', c: 'skipped', d: 'success' });
  const second = await runOn(github, repository, content, { rerun: { of: first, only: 'failed' } });
  expect([second.id, second.attempt, second.conclusion]).toEqual([first.id, 2, 'success']);
  expect(second.jobs['b']?.log).toContain('a was 1');
  expect(second.jobs['c']?.log).toContain('c is 2');
  expect(second.jobs['d']?.log).toContain('b was success');
  const third = await runOn(github, repository, content, { rerun: { of: second } });
  expect(third.jobs['a']?.outputs).toEqual({ v: '3' });
});

test('a cache goes from one run to the next of the same branch', async () => {
  await using github = await startGitHub();
  const repository = await create(github);
  const content = `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - {id: c, uses: actions/cache@v5, with: {path: kept, key: "k-\${{ github.run_number }}", restore-keys: k-}}
      - run: cat kept/file || { mkdir kept; echo "from \${{ github.run_number }}" > kept/file; }
      - {uses: actions/setup-python@v7, with: {python-version: '3.12'}}
`;
  const first = await runOn(github, repository, content);
  expect(first.conclusion, first.log).toBe('success');
  const second = await runOn(github, repository, content);
  expect(second.jobs['a']?.steps[1]?.log).toBe('from 1');
  expect(second.jobs['a']?.steps[0]?.outputs).toEqual({ 'cache-hit': 'false' });
});
