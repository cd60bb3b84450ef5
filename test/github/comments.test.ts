import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { computeCommentRoom, upsertComment, type WantedComment } from '../../src/github/comments.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect, openPullRequest } from './hub.ts';

const MARKER = '<!-- modelgate:comment penguins -->';
const AUTHOR = 'github-actions[bot]';

let github: GitHub;
let repository: Repository;
let number: number;
let client: Client;
beforeEach(async () => {
  github = await startGitHub();
  const opened = await openPullRequest(github);
  repository = opened.repository;
  number = opened.pull.number;
  client = connect(github, repository, { 'pull-requests': 'write' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

function want(change: Partial<WantedComment> = {}): WantedComment {
  const order = { runId: 7, attempt: 1 };
  return { repository, number, marker: MARKER, author: AUTHOR, body: 'The verdict: pass', order, ...change };
}

/** Our comments as readers see them: without the two hidden lines. */
function read(): string[] {
  const ours = repository.inspect.comments(number).filter(({ body }) => body.startsWith(MARKER));
  return ours.map(({ body }) => body.split('\n').slice(2).join('\n'));
}

test('the first run makes the comment, a later one edits it in place, the same one leaves it', async () => {
  const first = await upsertComment(client, want());
  expect(first.action).toBe('created');
  expect(await upsertComment(client, want())).toEqual({ ...first, action: 'kept' });
  const second = await upsertComment(client, want({ body: 'The verdict: fail', order: { runId: 8, attempt: 1 } }));
  expect(second).toEqual({ ...first, action: 'updated' });
  expect(read()).toEqual(['The verdict: fail']);
});

test('a comment beyond the first page is found', async () => {
  for (let index = 0; index < 120; index++) repository.addComment(number, { login: 'ada', body: `Talk ${index}` });
  await upsertComment(client, want());
  for (let index = 0; index < 120; index++) repository.addComment(number, { login: 'ada', body: `More ${index}` });
  expect((await upsertComment(client, want({ body: 'Changed', order: { runId: 8, attempt: 1 } }))).action).toBe(
    'updated',
  );
  expect(read()).toEqual(['Changed']);
});

test('nobody poses as us: neither with our marker, nor with our hidden line of a newer run', async () => {
  const forged = `${MARKER}\n<!-- modelgate:state {"run":999,"attempt":1,"digest":""} -->\nThe verdict: pass`;
  repository.addComment(number, { login: 'mallory', body: forged });
  expect((await upsertComment(client, want({ body: 'The verdict: fail' }))).action).toBe('created');
  const [theirs, ours] = repository.inspect.comments(number);
  expect(theirs?.body).toBe(forged);
  expect(ours).toMatchObject({ login: AUTHOR });
});

test('another comment of ours is left alone, also where it quotes the marker', async () => {
  repository.addComment(number, { login: AUTHOR, body: `Coverage\n${MARKER}` });
  repository.addComment(number, { login: AUTHOR, body: '<!-- modelgate:comment penguins-2 -->\nOther model' });
  expect((await upsertComment(client, want())).action).toBe('created');
  expect(repository.inspect.comments(number)).toHaveLength(3);
});

test('the comment of a newer run, or of a later attempt, is never replaced', async () => {
  await upsertComment(client, want({ body: 'New', order: { runId: 9, attempt: 2 } }));
  for (const order of [
    { runId: 8, attempt: 5 },
    { runId: 9, attempt: 1 },
  ]) {
    expect((await upsertComment(client, want({ body: 'Old', order }))).action).toBe('outdated');
  }
  expect(read()).toEqual(['New']);
});

test('only on change: the same content of a newer run leaves the comment as it is', async () => {
  const content = 'accuracy 0.97';
  await upsertComment(client, want({ content, body: 'Run 7: 0.97' }));
  const later = { content, body: 'Run 8: 0.97', order: { runId: 8, attempt: 1 }, onChange: true };
  expect((await upsertComment(client, want(later))).action).toBe('kept');
  expect((await upsertComment(client, want({ ...later, content: 'accuracy 0.98' }))).action).toBe('updated');
  expect(read()).toEqual(['Run 8: 0.97']);
});

test('of several of ours the first stays and says the newest, the others go', async () => {
  for (const body of ['One', 'Two', 'Three'])
    repository.addComment(number, { login: AUTHOR, body: `${MARKER}\n${body}` });
  const [first] = repository.inspect.comments(number);
  expect(await upsertComment(client, want())).toMatchObject({ action: 'updated', id: first?.id });
  expect(read()).toEqual(['The verdict: pass']);
});

test('two runs that write at once leave one comment, of the newer run', async () => {
  const runs = [7, 8, 9].map((runId) => want({ body: `Run ${runId}`, order: { runId, attempt: 1 } }));
  await Promise.all(
    runs.map((wanted) => upsertComment(connect(github, repository, { 'pull-requests': 'write' }), wanted)),
  );
  expect(read()).toEqual(['Run 9']);
});

test('two runs that both saw no comment leave one', async () => {
  const held = github.faults.add({ operation: 'issues/create-comment', kind: 'delay', when: 'before', times: 1 });
  const slow = upsertComment(client, want({ body: 'Slow' }));
  await held.reached;
  await upsertComment(
    connect(github, repository, { 'pull-requests': 'write' }),
    want({ body: 'Fast', order: { runId: 8, attempt: 1 } }),
  );
  held.release();
  await slow;
  expect(read()).toEqual(['Fast']);
});

test('an answer that was lost after the comment was made does not make another', async () => {
  github.faults.add({ operation: 'issues/create-comment', kind: 'drop', when: 'after' });
  await upsertComment(client, want());
  expect(github.requests.filter(({ method }) => method !== 'GET').map(({ operation }) => operation)).toEqual([
    'issues/create-comment',
  ]);
});

test('a wrong idea of our login is put right by the answer', async () => {
  const app = connect(github, repository, { 'pull-requests': 'write' }, { kind: 'app', login: 'gatekeeper' });
  expect((await upsertComment(app, want({ author: AUTHOR }))).action).toBe('created');
  expect(repository.inspect.comments(number)).toMatchObject([{ login: 'gatekeeper[bot]' }]);
});

test('text survives as it is, up to the last character that has room', async () => {
  const room = computeCommentRoom(MARKER);
  const body = `한국어 🐧 عربي ${'x'.repeat(room)}`.slice(0, room);
  await upsertComment(client, want({ body, order: { runId: 2 ** 40, attempt: 50 } }));
  expect(read()).toEqual([body]);
  await expect(upsertComment(client, want({ body: `${body}x` }))).rejects.toThrow('have room');
});

test('a token that may only read says which permission to add, and what a fork needs', async () => {
  const reader = connect(github, repository, { 'pull-requests': 'read' });
  await expect(upsertComment(reader, want())).rejects.toThrow('permissions:\n      pull-requests: write');
  await expect(upsertComment(reader, want({ fork: true }))).rejects.toThrow('workflow_run');
  expect(read()).toEqual([]);
});
