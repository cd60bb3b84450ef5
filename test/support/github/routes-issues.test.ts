import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { startGitHub } from './start.ts';

const at = { owner: 'octo', repo: 'penguins' };

async function open() {
  let seconds = 0;
  const github = await startGitHub({ now: () => new Date(Date.UTC(2027, 2, 1) + seconds++ * 1000) });
  const repository = await github.createRepository({ ...at, name: at.repo, files: { 'a.txt': 'a\n' } });
  const tip = (await repository.resolve('main')) ?? '';
  const { issues, repos } = createOctokit(github, repository, { issues: 'write', statuses: 'write' }).rest;
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, repository, tip, issues, repos, [Symbol.asyncDispose]: dispose };
}

test('an issue is opened, commented, closed and found again', async () => {
  await using room = await open();
  const { issues, repository } = room;
  await repository.commit({ branch: 'feature', files: { 'a.txt': 'b\n' } });
  const pull = await repository.openPullRequest({ head: 'feature' });
  const made = (await issues.create({ ...at, title: 'Drift', body: 'b', labels: ['drift', 'Model: churn'] })).data;
  expect(made).toMatchObject({ number: pull.number + 1, state: 'open', user: { login: 'github-actions[bot]' } });
  const issue_number = made.number;
  await issues.createComment({ ...at, issue_number, body: 'More' });
  expect((await issues.get({ ...at, issue_number })).data.comments).toBe(1);
  const found = (await issues.listForRepo({ ...at, labels: 'Drift' })).data;
  expect(found.map(({ number }) => number)).toEqual([issue_number]);
  const closed = (await issues.update({ ...at, issue_number, state: 'closed', state_reason: 'not_planned' })).data;
  expect(closed).toMatchObject({ state: 'closed', state_reason: 'not_planned', closed_at: expect.any(String) });
  expect((await issues.listForRepo({ ...at, labels: 'drift' })).data).toEqual([]);
  const all = (await issues.listForRepo({ ...at, state: 'all' })).data;
  expect(all.map((one) => [one.number, one.pull_request !== undefined])).toEqual([
    [issue_number, false],
    [pull.number, true],
  ]);
});

test('an issue needs a title, a body that fits, and the permission for issues', async () => {
  await using room = await open();
  const { issues, github, repository } = room;
  expect(await readRefusal(issues.create({ ...at, title: ' ' }))).toBe('422 Validation Failed; title missing_field');
  expect(await readRefusal(issues.create({ ...at, title: 'x', body: 'x'.repeat(65_537) }))).toContain('65536');
  const other = createOctokit(github, repository, { 'pull-requests': 'write' }).rest.issues;
  expect(await readRefusal(other.create({ ...at, title: 'x' }))).toBe('403 Resource not accessible by integration');
  const reader = createOctokit(github, repository, {}, { kind: 'user', login: 'eve' }).rest.issues;
  expect((await reader.create({ ...at, title: 'x', labels: ['drift'] })).data.labels).toEqual([]);
});

test('a label is one whatever its case, and follows a new name onto issues and pull requests', async () => {
  await using room = await open();
  const { issues, repository } = room;
  await issues.createLabel({ ...at, name: 'Drift', color: 'ff0000', description: 'It drifts' });
  expect(await readRefusal(issues.createLabel({ ...at, name: 'drift' }))).toBe(
    '422 Validation Failed; name already_exists',
  );
  expect(await readRefusal(issues.createLabel({ ...at, name: 'x', color: '#fff' }))).toContain('color invalid');
  await repository.commit({ branch: 'feature', files: { 'a.txt': 'b\n' } });
  const { number: issue_number } = await repository.openPullRequest({ head: 'feature' });
  const added = (await issues.addLabels({ ...at, issue_number, labels: ['drift', 'new', 'new'] })).data;
  expect(added.map(({ name, color }) => `${name} ${color}`)).toEqual(['Drift ff0000', 'new ededed']);
  await issues.updateLabel({ ...at, name: 'drift', new_name: 'moved' });
  expect((await issues.listLabelsOnIssue({ ...at, issue_number })).data.map(({ name }) => name)).toEqual([
    'moved',
    'new',
  ]);
  await issues.removeLabel({ ...at, issue_number, name: 'new' });
  expect(await readRefusal(issues.removeLabel({ ...at, issue_number, name: 'new' }))).toBe('404 Label does not exist');
  expect((await issues.setLabels({ ...at, issue_number, labels: ['a', 'b'] })).data).toHaveLength(2);
  await issues.deleteLabel({ ...at, name: 'a' });
  expect((await issues.listLabelsOnIssue({ ...at, issue_number })).data.map(({ name }) => name)).toEqual(['b']);
  expect((await issues.listLabelsForRepo(at)).data.map(({ name }) => name)).toEqual(['moved', 'new', 'b']);
});

test('the newest status of each context counts, and one bad one makes the commit bad', async () => {
  await using room = await open();
  const { repos, tip } = room;
  const combined = async () => (await repos.getCombinedStatusForRef({ ...at, ref: 'main' })).data;
  const set = (state: 'pending' | 'failure' | 'success', context: string) =>
    repos.createCommitStatus({ ...at, sha: tip, state, context });
  expect((await combined()).state).toBe('pending');
  await set('failure', 'gate');
  await set('success', 'data');
  expect((await combined()).state).toBe('failure');
  await set('success', 'gate');
  expect(await combined()).toMatchObject({ state: 'success', total_count: 2, sha: tip });
  await set('pending', 'late');
  expect((await combined()).state).toBe('pending');
  const list = (await repos.listCommitStatusesForRef({ ...at, ref: tip })).data;
  expect(list.map(({ context, state }) => `${context} ${state}`)).toEqual([
    'late pending',
    'gate success',
    'data success',
    'gate failure',
  ]);
});

test('a status needs a commit and a description that fits', async () => {
  await using room = await open();
  const { repos, tip } = room;
  const set = (sha: string, description: string) =>
    readRefusal(repos.createCommitStatus({ ...at, sha, state: 'success', description }));
  expect(await set('1'.repeat(40), '')).toBe(`422 No commit found for SHA: ${'1'.repeat(40)}`);
  expect(await set(tip, 'x'.repeat(141))).toContain('maximum is 140 characters');
});
