import { expect, test } from 'vitest';
import { catchFault, connect } from './client.ts';
import { startGitHub } from './start.ts';

const place = { owner: 'octo', repo: 'penguins' };
const issue = { ...place, issue_number: 1 };

async function startWithPull(now?: () => Date) {
  const github = await startGitHub(now ? { now } : {});
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  await repository.commit({ branch: 'feature', files: { 'a.txt': 'two\n' } });
  await repository.openPullRequest({ head: 'feature' });
  const auth = github.createToken({ repository, permissions: { 'pull-requests': 'write' } });
  return { github, repository, client: connect(github, auth) };
}

test('comments are made, changed, listed and deleted; those of a workflow are by its bot', async () => {
  const { github, repository, client } = await startWithPull();
  await using _ = github;
  const { data } = await client.rest.issues.createComment({ ...issue, body: 'hello' });
  expect(data.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot', id: 41_898_282 });
  await client.rest.issues.updateComment({ ...place, comment_id: data.id, body: 'again' });
  expect((await client.rest.issues.listComments(issue)).data.map(({ body }) => body)).toEqual(['again']);
  await client.rest.issues.deleteComment({ ...place, comment_id: data.id });
  expect(repository.inspect.comments(1)).toEqual([]);
  const gone = client.rest.issues.getComment({ ...place, comment_id: data.id });
  expect((await catchFault(gone)).status).toBe(404);
});

test('pages have a hundred comments at most, and name the next one', async () => {
  const { github, repository, client } = await startWithPull();
  await using _ = github;
  for (let index = 0; index < 130; index += 1) repository.addComment(1, { login: 'eve', body: String(index) });
  const first = await client.rest.issues.listComments({ ...issue, per_page: 500 });
  expect(first.data.length).toBe(100);
  expect(first.headers.link).toContain('page=2>; rel="next"');
  expect((await client.paginate(client.rest.issues.listComments, issue)).length).toBe(130);
});

test('a body has 65,536 characters and not one more', async () => {
  const { github, client } = await startWithPull();
  await using _ = github;
  expect((await client.rest.issues.createComment({ ...issue, body: 'x'.repeat(65_536) })).status).toBe(201);
  const fault = await catchFault(client.rest.issues.createComment({ ...issue, body: 'x'.repeat(65_537) }));
  expect(fault.status).toBe(422);
  expect(fault.message).toContain('Body is too long (maximum is 65536 characters)');
});

test('more than 80 writes in a minute are refused, until the minute is over', async () => {
  let time = new Date('2026-01-01T00:00:00Z');
  const { github, client } = await startWithPull(() => time);
  await using _ = github;
  for (let index = 0; index < 80; index += 1) await client.rest.issues.createComment({ ...issue, body: 'x' });
  const fault = await catchFault(client.rest.issues.createComment({ ...issue, body: 'x' }));
  expect(fault).toMatchObject({ status: 403, headers: { 'retry-after': '60' } });
  expect(fault.message).toContain('secondary rate limit');
  time = new Date('2026-01-01T00:01:00Z');
  expect((await client.rest.issues.createComment({ ...issue, body: 'x' })).status).toBe(201);
});

test('requests count towards the hourly limit, and reading stops at it', async () => {
  const { github, client } = await startWithPull();
  await using _ = github;
  github.limits.setHourly(2);
  const { headers } = await client.rest.issues.listComments(issue);
  expect([headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']]).toEqual(['2', '1']);
  await client.rest.issues.listComments(issue);
  const fault = await catchFault(client.rest.issues.listComments(issue));
  expect(fault).toMatchObject({ status: 403, headers: { 'x-ratelimit-remaining': '0' } });
});

test('a name or a key that GitHub does not have is refused', async () => {
  const { github, client } = await startWithPull();
  await using _ = github;
  const body = catchFault(client.request('POST /repos/octo/penguins/issues/1/comments', { body: 'x', bodyy: 'x' }));
  expect((await body).message).toContain('body has the property bodyy');
  const key = catchFault(client.request('GET /repos/octo/penguins/issues/1/comments?perpage=3'));
  expect((await key).message).toContain('issues/list-comments has no parameter perpage');
  const type = catchFault(client.request('POST /repos/octo/penguins/issues/1/comments', { body: 3 }));
  expect((await type).status).toBe(422);
});
