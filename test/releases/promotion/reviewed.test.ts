import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainStage, runOf, World } from '../../registry/promotion/world.ts';
import { keepApprovals } from '../../support/github/records/approvals.ts';
import { ensureEnvironment } from '../../support/github/records/deployments.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0']) await world.addVersion(version);
  const { state } = world.repository;
  ensureEnvironment(state, 'production').reviewers = [{ type: 'User', id: state.world.accounts.ensure('bo').id }];
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

async function place() {
  const headSha = (await world.repository.resolve('main')) ?? '';
  return { workflowPath: '.github/workflows/promote.yml', event: 'workflow_dispatch', headBranch: 'main', headSha };
}

/** A run that bo let into production in its first attempt. */
async function startReviewed(): Promise<number> {
  const { id } = world.repository.createRun(await place());
  const environments = [ensureEnvironment(world.repository.state, 'production')];
  const review = { run: id, environments, login: 'bo', state: 'approved', comment: '' } as const;
  world.repository.state.part(keepApprovals).push(review);
  return id;
}

test('what the reviewers let in in the first attempt of a run goes in', async () => {
  const run = runOf(await startReviewed());
  expect(await world.promote('v1.0.0', 'production', { run })).toMatchObject({
    state: 'promoted',
    event: { approvals: [{ login: 'bo', by: 'environment' }] },
  });
});

test('their yes lets nothing else in that another attempt of the run asks for', async () => {
  const id = await startReviewed();
  const refused = {
    state: 'refused',
    waits: undefined,
    refusals: [{ ground: 'approval', fix: expect.stringContaining('Start a new run') }],
  };
  expect(await world.promote('v1.1.0', 'production', { run: runOf(id, 2) })).toMatchObject(refused);
  // Neither to a run that answers a request of that attempt.
  const askedIn = runOf(id, 2);
  expect(await world.promote('v1.1.0', 'production', { run: runOf(9), askedIn })).toMatchObject(refused);
});

test('the job that goes on with what the first attempt asked may be run again', async () => {
  const id = await startReviewed();
  const again = { run: runOf(id, 2), askedIn: runOf(id, 1) };
  expect(await world.promote('v1.0.0', 'production', again)).toMatchObject({ state: 'promoted' });
});

test('another attempt of a run that has promoted finds what it did, whatever is asked of it', async () => {
  const id = await startReviewed();
  await world.promote('v1.0.0', 'production', { run: runOf(id) });
  const again = { run: runOf(id, 2) };
  expect(await world.promote('v1.0.0', 'production', { ...again, dryRun: true })).toMatchObject({ state: 'promoted' });
  expect(await world.promote('v1.0.0', 'production', again)).toMatchObject({ state: 'promoted' });
});

test('the run that answers a request has no reviewers of its own to count', async () => {
  const run = runOf(await startReviewed());
  const askedIn = runOf(world.repository.createRun(await place()).id);
  world.stages = [plainStage('production', { approval: { count: 1 } })];
  expect(await world.promote('v1.0.0', 'production', { run, askedIn })).toMatchObject({ waits: 'environment' });
});
