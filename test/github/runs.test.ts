import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadArtifact, listArtifacts, readArtifact } from '../../src/github/artifacts.ts';
import type { Client } from '../../src/github/client.ts';
import { listTrustedRuns } from '../../src/github/runs.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect } from './hub.ts';

const WORKFLOW = '.github/workflows/model.yml';

let folder: string;
let github: GitHub;
let repository: Repository;
let client: Client;
let head: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-runs-'));
  github = await startGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { a: '' } });
  head = (await repository.resolve('heads/main')) ?? '';
  client = connect(github, repository, { actions: 'read', contents: 'read' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function run(change: Partial<Parameters<Repository['createRun']>[0]> = {}) {
  const made = { workflowPath: WORKFLOW, event: 'push', headSha: head, headBranch: 'main' };
  return repository.createRun({ ...made, status: 'completed', conclusion: 'success', ...change });
}

const list = (change: object = {}) =>
  listTrustedRuns(client, { repository, workflowPath: WORKFLOW, branch: 'main', ...change });

test('only successful pushes of this workflow to this branch of this repository tell a baseline', async () => {
  const older = run();
  run({ conclusion: 'failure' });
  run({ conclusion: null, status: 'in_progress' });
  run({ event: 'pull_request' });
  run({ headBranch: 'other' });
  run({ workflowPath: '.github/workflows/other.yml' });
  run({ headRepository: await repository.fork('mallory') });
  const newer = run();
  const asking = run({ conclusion: null, status: 'in_progress' });
  const { runs, others } = await list({ except: asking.id });
  expect(runs.map(({ id }) => id)).toEqual([newer.id, older.id]);
  expect(others).toBe(3);
});

test('a workflow that never ran has no runs; a look-up that was refused is a fault', async () => {
  expect(await list({ workflowPath: '.github/workflows/new.yml' })).toEqual({ runs: [], others: 0 });
  run();
  github.faults.add({ operation: 'actions/list-workflow-runs', kind: 'status', status: 404, when: 'before' });
  await expect(list()).rejects.toThrow('actions: read');
});

test('runs beyond the first page are listed', async () => {
  for (let index = 0; index < 120; index++) run();
  expect((await list()).runs).toHaveLength(120);
  expect((await list({ limit: 50 })).runs).toHaveLength(50);
});

const ZIP = Buffer.from('Not a zip, but nobody opens it here. '.repeat(2000));
const DIGEST = `sha256:${createHash('sha256').update(ZIP).digest('hex')}`;

async function download(change: Partial<Parameters<typeof downloadArtifact>[1]> = {}) {
  const made = run();
  const { id } = made.addArtifact('modelgate-candidate-penguins', ZIP);
  const artifact = await readArtifact(client, repository, id);
  const file = join(folder, 'artifact.zip');
  return await downloadArtifact(client, { repository, artifact, runId: made.id, limit: 1e6, file, ...change });
}

test('an artifact is downloaded byte for byte, with its digest compared', async () => {
  expect(await download({ digest: DIGEST })).toEqual({
    state: 'read',
    file: join(folder, 'artifact.zip'),
    digest: DIGEST,
  });
  expect(ZIP.equals(await readFile(join(folder, 'artifact.zip')))).toBe(true);
});

test.each([
  ['has not the digest that a job told', { digest: `sha256:${'0'.repeat(64)}` }, 'digest'],
  ['is larger than allowed', { limit: 100 }, 'larger than 100 bytes'],
  ['comes from another run', { runId: 1 }, 'does not come from run 1'],
])('an artifact that %s is refused, and leaves no file', async (_, change, reason) => {
  expect(await download(change)).toMatchObject({ state: 'refused', reason: expect.stringContaining(reason) });
  expect(await readdir(folder)).toEqual([]);
});

test('an artifact that hides its size is cut off at the limit', async () => {
  const made = run();
  const { id } = made.addArtifact('modelgate-judged', ZIP);
  const artifact = { ...(await readArtifact(client, repository, id)), size: 10 };
  const wanted = { repository, artifact, runId: made.id, limit: 1000, file: join(folder, 'artifact.zip') };
  expect(await downloadArtifact(client, wanted)).toMatchObject({ state: 'refused' });
  expect(await readdir(folder)).toEqual([]);
});

test('a server that fails costs another try, of the archive too', async () => {
  for (const operation of ['actions/get-artifact', 'actions/download-artifact', 'results-blob']) {
    github.faults.add({ operation, kind: 'drop', when: 'before' });
  }
  expect(await download()).toMatchObject({ state: 'read', digest: DIGEST });
});

test('the artifacts of a run are listed by name, newest first', async () => {
  const made = run();
  const first = made.addArtifact('modelgate-judged', ZIP);
  made.addArtifact('other', ZIP);
  const second = made.rerun().addArtifact('modelgate-judged', ZIP);
  const found = await listArtifacts(client, repository, made.id, 'modelgate-judged');
  expect(found.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(found[0]).toMatchObject({ digest: DIGEST, size: ZIP.length, expired: false, runId: made.id });
});
