import { expect, test } from 'vitest';
import { sendDispatch } from '../../src/github/dispatches.ts';
import { listRunReviews, readEnvironment } from '../../src/github/environments.ts';
import { keepApprovals } from '../support/github/records/approvals.ts';
import { ensureEnvironment } from '../support/github/records/deployments.ts';
import { startGitHub } from '../support/github/start.ts';
import { connect } from './hub.ts';

async function open() {
  const github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: '1' } });
  const client = connect(github, repository, { actions: 'read', contents: 'write' });
  return { github, repository, client, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test('an environment tells who is asked, and one that is not there nothing', async () => {
  await using room = await open();
  const { repository, client, github } = room;
  expect(await readEnvironment(client, repository, 'production')).toBeUndefined();
  const environment = ensureEnvironment(repository.state, 'production');
  expect(await readEnvironment(client, repository, 'production')).toEqual({ name: 'production', reviewers: [] });
  repository.addCollaborator('bo', 'write');
  const { id } = repository.state.world.accounts.ensure('bo');
  environment.reviewers = [{ type: 'User', id }];
  expect(await readEnvironment(client, repository, 'Production')).toMatchObject({ reviewers: ['bo'] });
  github.faults.add({ kind: 'status', status: 403, operation: 'repos/get-environment', message: 'Not for you' });
  await expect(readEnvironment(client, repository, 'production')).rejects.toThrow('actions: read');
});

test('a run tells who let it into which environment', async () => {
  await using room = await open();
  const { repository, client } = room;
  const production = ensureEnvironment(repository.state, 'production');
  const headSha = (await repository.resolve('main')) ?? '';
  const place = { workflowPath: '.github/workflows/x.yml', event: 'workflow_dispatch', headBranch: 'main' };
  const run = repository.createRun({ ...place, headSha });
  expect(await listRunReviews(client, repository, run.id)).toEqual([]);
  const decided = { run: run.id, environments: [production], comment: '' };
  repository.state.part(keepApprovals).push({ ...decided, login: 'bo', state: 'approved' });
  expect(await listRunReviews(client, repository, run.id)).toEqual([
    { login: 'bo', bot: false, state: 'approved', environments: ['production'] },
  ]);
});

test('a dispatch whose answer was lost is sent again, and one that is too large is a bug of ours', async () => {
  await using room = await open();
  const { github, repository, client } = room;
  github.faults.add({ kind: 'drop', when: 'after', operation: 'repos/create-dispatch-event' });
  await sendDispatch(client, repository, 'told', { counter: 1 });
  expect(github.announced.map(({ payload }) => payload['client_payload'])).toEqual([{ counter: 1 }, { counter: 1 }]);
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 1]));
  await expect(sendDispatch(client, repository, 'told', many)).rejects.toThrow('at most 10 keys');
});
