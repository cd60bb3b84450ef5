import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { isIssueEdited } from '../../src/github/edits.ts';
import { ensureIssueComment, listIssueComments } from '../../src/github/issue-comments.ts';
import { closeIssue, ensureIssue, readIssue, tryIssue } from '../../src/github/issues.ts';
import { createOctokit } from '../support/github/octokit.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect } from './hub.ts';

const AUTHOR = 'github-actions[bot]';
const wanted = {
  marker: '<!-- ours -->',
  title: 'Look',
  body: 'Something happened',
  labels: ['incident'],
  author: AUTHOR,
  closed: false,
} as const;

let github: GitHub;
let repository: Repository;
let client: Client;
beforeEach(async () => {
  github = await startGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: '1' } });
  client = connect(github, repository, { issues: 'write' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

test.each([
  { kind: 'drop', when: 'after' },
  { kind: 'status', status: 502, when: 'before' },
  { kind: 'duplicate' },
] as const)('an issue is opened once, whatever befalls the request (%j)', async (fault) => {
  github.faults.add({ ...fault, operation: 'issues/create' });
  const issue = await ensureIssue(client, repository, wanted);
  expect(await ensureIssue(client, repository, wanted)).toEqual(issue);
  expect(repository.inspect.issues().filter(({ state }) => state === 'open')).toHaveLength(1);
  expect(issue).toMatchObject({ body: '<!-- ours -->\nSomething happened', author: AUTHOR, open: true });
});

test('nobody else’s issue is ours, and a closed one counts only where that is asked', async () => {
  const { rest } = createOctokit(github, repository, {}, { kind: 'user', login: 'octo' });
  await rest.issues.create({
    owner: 'octo',
    repo: 'zoo',
    title: 'Look',
    body: '<!-- ours -->\n',
    labels: ['incident'],
  });
  const issue = await ensureIssue(client, repository, wanted);
  expect(issue.author).toBe(AUTHOR);
  await closeIssue(client, repository, issue.number, 'completed');
  expect(await ensureIssue(client, repository, { ...wanted, closed: true })).toMatchObject({ number: issue.number });
  expect((await ensureIssue(client, repository, wanted)).number).toBeGreaterThan(issue.number);
});

test('an edit of the text is seen, and a comment or another title is none', async () => {
  const { number } = await ensureIssue(client, repository, wanted);
  const place = { owner: 'octo', repo: 'zoo', issue_number: number };
  await client.rest.issues.update({ ...place, title: 'Look here' });
  await client.rest.issues.createComment({ ...place, body: 'Seen' });
  expect(await isIssueEdited(client, repository, number)).toBe(false);
  await client.rest.issues.update({ ...place, body: 'Other' });
  expect(await isIssueEdited(client, repository, number)).toBe(true);
  await expect(isIssueEdited(client, repository, 99)).rejects.toThrow('Could not resolve');
});

test('where no issue can be opened it is told, and a server’s fault is thrown', async () => {
  github.faults.add({ kind: 'status', status: 410, message: 'Issues are disabled', operation: 'issues/create' });
  expect(await tryIssue(client, repository, wanted)).toEqual({
    denied: expect.stringContaining('Issues are disabled'),
  });
  github.faults.add({ kind: 'status', status: 502, operation: 'issues/create', times: 9 });
  await expect(tryIssue(client, repository, wanted)).rejects.toThrow('the server failed');
});

test('something is said once', async () => {
  const { number } = await ensureIssue(client, repository, wanted);
  const words = { number, marker: '<!-- said -->', body: 'Yes', author: AUTHOR };
  github.faults.add({ kind: 'duplicate', operation: 'issues/create-comment' });
  for (let time = 0; time < 2; time++) await ensureIssueComment(client, repository, words);
  const [comment, ...others] = await listIssueComments(client, repository, number);
  expect(others).toEqual([]);
  expect(comment).toMatchObject({ bot: true, edited: false, body: '<!-- said -->\nYes' });
  expect((await readIssue(client, repository, number)).open).toBe(true);
});

test('an edited comment is known, though it was edited within the second, and among hundreds', async () => {
  await using still = await startGitHub({ now: () => new Date('2026-11-22T00:00:00Z') });
  const place = await still.createRepository({ owner: 'octo', name: 'zoo' });
  const api = connect(still, place, { issues: 'write' });
  const { number } = await ensureIssue(api, place, wanted);
  for (let count = 0; count < 150; count++) place.addComment(number, { login: 'ada', body: `${count}` });
  const [first, last] = [place.inspect.comments(number)[3]?.id ?? 0, place.inspect.comments(number)[149]?.id ?? 0];
  for (const comment_id of [first, last]) {
    await api.rest.issues.updateComment({ owner: 'octo', repo: 'zoo', comment_id, body: '/approve' });
  }
  const comments = await listIssueComments(api, place, number);
  expect(comments).toHaveLength(150);
  expect(comments.filter(({ edited }) => edited).map(({ id }) => id)).toEqual([first, last]);
});
