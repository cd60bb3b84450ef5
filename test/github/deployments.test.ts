import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import {
  ensureDeployment,
  listDeploymentStates,
  listDeployments,
  setDeploymentState,
} from '../../src/github/deployments.ts';
import { readGit } from '../support/github/git/commands.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect } from './hub.ts';

let github: GitHub;
let repository: Repository;
let client: Client;
beforeEach(async () => {
  github = await startGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: '1' } });
  await readGit(repository.folder, ['tag', 'churn#live#1', 'main']);
  client = connect(github, repository, { deployments: 'write' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

const wanted = {
  ref: 'churn#live#1',
  environment: 'live',
  description: 'x'.repeat(200),
  payload: { key: 1 },
  owns: (payload: unknown) => JSON.stringify(payload) === '{"key":1}',
};
const make = () => ensureDeployment(client, repository, wanted);

test('a deployment is made once, on the commit of its tag, and found by its payload', async () => {
  const foreign = await connect(github, repository, { deployments: 'write' }).rest.repos.createDeployment({
    ...{ owner: 'octo', repo: 'zoo', ref: wanted.ref, environment: 'live', required_contexts: [] },
    payload: 'not ours',
  });
  const made = await make();
  expect(made).toMatchObject({ commit: await repository.resolve('main'), payload: { key: 1 }, ref: 'churn#live#1' });
  expect(await make()).toEqual(made);
  const all = await listDeployments(client, repository, { ref: wanted.ref });
  expect(all.map(({ id }) => id)).toEqual([made.id, (foreign.data as { id: number }).id]);
});

test.each([
  { kind: 'drop', when: 'after' },
  { kind: 'status', status: 502, when: 'after' },
  { kind: 'status', status: 502, when: 'before' },
  { kind: 'duplicate' },
] as const)('whatever befalls the request (%j), there is one', async (fault) => {
  github.faults.add({ ...fault, operation: 'repos/create-deployment' });
  const made = await make();
  expect((await listDeployments(client, repository)).map(({ id }) => id)).toEqual([made.id]);
});

test('of two that are made at the same moment the first stays', async () => {
  const [one, other] = await Promise.all([make(), make()]);
  await make();
  const all = await listDeployments(client, repository);
  expect(all.length).toBe(1);
  expect([one?.id, other?.id]).toContain(all[0]?.id);
});

test('a state is given once, and ends no other deployment', async () => {
  const { id } = await make();
  const other = await ensureDeployment(client, repository, { ...wanted, payload: { key: 2 }, owns: () => false });
  for (const one of [other.id, id, id]) {
    await setDeploymentState(client, repository, one, { state: 'success', description: 'Done' });
  }
  expect(await listDeploymentStates(client, repository, id)).toEqual(['success']);
  expect(await listDeploymentStates(client, repository, other.id)).toEqual(['success']);
});

test('a token without the right is told which line is missing', async () => {
  client = connect(github, repository, { deployments: 'read' });
  await expect(make()).rejects.toThrow('deployments: write');
});
