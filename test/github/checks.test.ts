import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckAnnotation } from '../../src/github/check-output.ts';
import { type CompletedCheck, completeCheck, nameExternalId, openCheck } from '../../src/github/checks.ts';
import type { Client } from '../../src/github/client.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect, openPullRequest } from './hub.ts';

let github: GitHub;
let repository: Repository;
let headSha: string;
let client: Client;
beforeEach(async () => {
  github = await startGitHub();
  const opened = await openPullRequest(github);
  repository = opened.repository;
  headSha = opened.pull.headSha;
  client = connect(github, repository, { checks: 'write' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

function want(change: Partial<CompletedCheck> = {}): CompletedCheck {
  return {
    repository,
    name: 'modelgate',
    headSha,
    externalId: nameExternalId(7),
    app: 'github-actions',
    order: { runId: 7, attempt: 1 },
    output: { title: 'Pass', summary: 'All rules pass.' },
    conclusion: 'success',
    ...change,
  };
}

function annotate(count: number): CheckAnnotation[] {
  return Array.from({ length: count }, (_, index) => {
    return {
      path: 'modelgate.yml',
      startLine: index + 1,
      endLine: index + 1,
      level: 'failure',
      message: `Rule ${index}`,
    };
  });
}

const read = () => repository.inspect.checkRuns(headSha);

test('a check is opened in progress and completed in place', async () => {
  const opened = await openCheck(client, want({ output: { title: 'Judging', summary: 'Wait.' } }));
  expect(read()).toMatchObject([{ status: 'in_progress', conclusion: null, output: { title: 'Judging' } }]);
  const completed = await completeCheck(client, want());
  expect(completed).toEqual({ action: 'written', id: opened.id, url: opened.url });
  expect(read()).toMatchObject([{ status: 'completed', conclusion: 'success', externalId: 'modelgate:7' }]);
  expect((await completeCheck(client, want())).action).toBe('kept');
});

test('a check that nobody opened is made completed', async () => {
  expect((await completeCheck(client, want({ conclusion: 'failure' }))).action).toBe('written');
  expect(read()).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});

test('another attempt opens the same check again, and completes it otherwise', async () => {
  const first = await completeCheck(client, want());
  const order = { runId: 7, attempt: 2 };
  expect(await openCheck(client, want({ order }))).toMatchObject({ action: 'written', id: first.id });
  expect(read()).toMatchObject([{ status: 'in_progress', conclusion: null }]);
  await completeCheck(client, want({ order, conclusion: 'failure' }));
  expect(read()).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});

test('opening that comes late, or from an earlier attempt, opens nothing that is completed', async () => {
  await completeCheck(client, want({ order: { runId: 7, attempt: 2 } }));
  expect((await openCheck(client, want({ order: { runId: 7, attempt: 2 } }))).action).toBe('kept');
  expect((await openCheck(client, want())).action).toBe('outdated');
  expect((await completeCheck(client, want({ conclusion: 'failure' }))).action).toBe('outdated');
  expect(read()).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
});

test('another run has its own check, and another app’s check of our name is not ours', async () => {
  const other = connect(github, repository, { checks: 'write' }, { kind: 'app', login: 'forger' });
  await completeCheck(other, want({ app: 'forger' }));
  await completeCheck(client, want({ conclusion: 'failure' }));
  await completeCheck(
    client,
    want({ conclusion: 'failure', order: { runId: 8, attempt: 1 }, externalId: nameExternalId(8) }),
  );
  expect(read().map(({ app, conclusion, externalId }) => [app.slug, conclusion, externalId])).toEqual([
    ['forger', 'success', 'modelgate:7'],
    ['github-actions', 'failure', 'modelgate:7'],
    ['github-actions', 'failure', 'modelgate:8'],
  ]);
});

test('a run that is run again after another has spoken makes a check of its own: GitHub goes by the newest of a name', async () => {
  await completeCheck(client, want({ conclusion: 'failure' }));
  const later = { order: { runId: 8, attempt: 1 }, externalId: nameExternalId(8) };
  await completeCheck(client, want({ conclusion: 'success', ...later }));
  await completeCheck(client, want({ conclusion: 'failure', order: { runId: 7, attempt: 2 } }));
  const newest = read().toSorted((a, b) => a.id - b.id);
  expect(newest.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success', 'failure']);
  await completeCheck(client, want({ conclusion: 'failure', order: { runId: 7, attempt: 2 } }));
  expect(read()).toHaveLength(3);
});

test('annotations go in fifties, and the conclusion with the last of them', async () => {
  await completeCheck(client, want({ conclusion: 'failure', annotations: annotate(120) }));
  const [check] = read();
  expect(check?.output.annotations).toHaveLength(120);
  const sent = github.requests.filter(({ operation }) => operation === 'checks/update').map(({ body }) => body);
  expect(sent).toMatchObject([{ status: 'in_progress' }, { status: 'in_progress' }, { status: 'completed' }]);
});

test('a check whose annotations broke off stays open, and the next try sends only what is missing', async () => {
  const wanted = want({ conclusion: 'failure', annotations: annotate(120) });
  await openCheck(client, wanted);
  github.faults.add({ operation: 'checks/update', nth: 2, times: 99, kind: 'status', status: 502, when: 'before' });
  await expect(completeCheck(client, wanted)).rejects.toThrow('the server failed');
  expect(read()).toMatchObject([{ status: 'in_progress', conclusion: null }]);
  expect(read()[0]?.output.annotations).toHaveLength(50);
  github.faults.clear();
  await completeCheck(client, wanted);
  expect(read()).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(read()[0]?.output.annotations).toHaveLength(120);
});

test('title, summary, text and messages are cut where they are too long, after a whole line', async () => {
  const line = `${'x'.repeat(99)}\n`;
  const long = line.repeat(700);
  const output = { title: `Fail\n${'🐧'.repeat(200)}`, summary: long, text: long };
  const [annotation] = annotate(1);
  await completeCheck(client, want({ output, annotations: [{ ...(annotation as CheckAnnotation), message: long }] }));
  const shown = read()[0]?.output;
  expect(shown?.title).toMatch(/^Fail 🐧+…$/u);
  for (const text of [shown?.summary, shown?.text]) {
    expect(text?.length).toBeLessThanOrEqual(65_535);
    expect(text?.length).toBeGreaterThan(65_000);
    expect(text).toMatch(/x{99}\n\n\*Cut here/);
  }
});

test('an answer that was lost after annotations were added does not add them again', async () => {
  await openCheck(client, want());
  github.faults.add({ operation: 'checks/update', kind: 'status', status: 502, when: 'after' });
  await completeCheck(client, want({ conclusion: 'failure', annotations: annotate(3) }));
  expect(github.requests.filter(({ operation }) => operation === 'checks/update')).toHaveLength(1);
  expect(read()[0]?.output.annotations).toHaveLength(3);
});

test('a token that may only read says which permission to add', async () => {
  const reader = connect(github, repository, { checks: 'read' });
  await expect(openCheck(reader, want())).rejects.toThrow('permissions:\n      checks: write');
});
