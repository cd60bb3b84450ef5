import { expect, test } from 'vitest';
import { catchFault, connect } from './client.ts';
import { startGitHub } from './start.ts';

const place = { owner: 'octo', repo: 'penguins' };
const issue = { ...place, issue_number: 1 };
const comment = { ...issue, body: 'hello' };

async function startWithPull() {
  const github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  await repository.commit({ branch: 'feature', files: { 'a.txt': 'two\n' } });
  await repository.openPullRequest({ head: 'feature' });
  const client = connect(github, github.createToken({ repository, permissions: { issues: 'write' } }));
  return { github, repository, client };
}

test('a status before: nothing has happened; after: it has', async () => {
  const { github, repository, client } = await startWithPull();
  await using _ = github;
  github.faults.add({ operation: 'issues/create-comment', kind: 'status', status: 502 });
  expect((await catchFault(client.rest.issues.createComment(comment))).status).toBe(502);
  expect(repository.inspect.comments(1).length).toBe(0);
  github.faults.add({ operation: 'issues/create-comment', kind: 'status', when: 'after', status: 502 });
  expect((await catchFault(client.rest.issues.createComment(comment))).status).toBe(502);
  expect(repository.inspect.comments(1).length).toBe(1);
});

test('a fault hits the operation and the request that it names, as often as it says', async () => {
  const { github, client } = await startWithPull();
  await using _ = github;
  const headers = { 'retry-after': '1' };
  const operation = 'issues/list-comments';
  const fault = github.faults.add({ operation, nth: 2, times: 2, kind: 'status', status: 429, headers });
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) {
    const answer = await client.rest.issues.listComments(issue).catch((error: { status: number }) => error);
    statuses.push(answer.status);
    await client.rest.repos.get(place);
  }
  expect([statuses, fault.hits]).toEqual([[200, 429, 429, 200], 2]);
});

test('a dropped connection after the work leaves the work done', async () => {
  const { github, repository, client } = await startWithPull();
  await using _ = github;
  github.faults.add({ operation: 'issues/create-comment', kind: 'drop', when: 'after' });
  expect((await catchFault(client.rest.issues.createComment(comment))).status).toBe(500);
  expect(repository.inspect.comments(1).length).toBe(1);
  expect(github.requests.at(-1)).toMatchObject({ operation: 'issues/create-comment', status: 0 });
});

test('an answer that is cut has been worked for, and is not whole', async () => {
  const { github, repository } = await startWithPull();
  await using _ = github;
  github.faults.add({ operation: 'issues/create-comment', kind: 'cut' });
  const token = github.createToken({ repository, permissions: { issues: 'write' } });
  const address = `${github.apiUrl}/repos/octo/penguins/issues/1/comments`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ body: 'hello' }) });
  expect(answer.status).toBe(201);
  await expect(answer.text()).rejects.toThrow('terminated');
  expect(repository.inspect.comments(1).length).toBe(1);
});

test('a request that is delivered twice is handled twice', async () => {
  const { github, repository, client } = await startWithPull();
  await using _ = github;
  github.faults.add({ operation: 'issues/create-comment', kind: 'duplicate' });
  await client.rest.issues.createComment(comment);
  expect(repository.inspect.comments(1).length).toBe(2);
});

test('a stale list is as it was when it was last read', async () => {
  const { github, client } = await startWithPull();
  await using _ = github;
  await client.rest.issues.createComment(comment);
  github.faults.add({ operation: 'issues/list-comments', nth: 2, kind: 'stale' });
  const count = async () => (await client.rest.issues.listComments(issue)).data.length;
  const before = await count();
  await client.rest.issues.createComment(comment);
  expect([before, await count(), await count()]).toEqual([1, 1, 2]);
});

test('a delayed request waits until it is let go', async () => {
  const { github, repository, client } = await startWithPull();
  await using _ = github;
  const fault = github.faults.add({ operation: 'issues/create-comment', kind: 'delay' });
  const request = client.rest.issues.createComment(comment);
  await fault.reached;
  expect(repository.inspect.comments(1).length).toBe(0);
  fault.release();
  expect((await request).status).toBe(201);
});
