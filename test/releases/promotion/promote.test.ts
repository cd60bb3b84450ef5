import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { draftPromotion } from '../../registry/ledger/drafts.ts';
import { see } from '../../registry/promotion/seen.ts';
import { BEGIN, HOUR, plainStage, runOf, World } from '../../registry/promotion/world.ts';
import { readGit } from '../../support/github/git/commands.ts';

let world: World;
let commits: string[];
beforeEach(async () => {
  world = await World.open();
  commits = [await world.addVersion('v1.0.0'), await world.addVersion('v1.1.0')];
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

test('a promotion leaves an event, a tag on the version’s commit, a deployment, and one dispatch', async () => {
  const result = await world.promote('v1.0.0', 'staging', { run: runOf(7) });
  expect(result).toMatchObject({ state: 'promoted', event: { counter: 1, version: 'v1.0.0', from: null } });
  const seen = await see(world);
  expect(seen.placings).toEqual([{ kind: 'promotion', tag: 'churn#staging#1', version: 'v1.0.0', from: null }]);
  expect(seen.tags).toEqual([['churn#staging#1', 'churn v1.0.0 in staging', commits[0]]]);
  expect(seen.deployments).toEqual([
    { ref: 'churn#staging#1', sha: commits[0], environment: 'staging', states: ['in_progress', 'success'] },
  ]);
  expect(seen.dispatches).toEqual([
    {
      model: 'churn',
      version: 'v1.0.0',
      stage: 'staging',
      counter: 1,
      previous: null,
      commit: commits[0],
      deployment: expect.any(Number),
      ledger: { sequence: 3, digest: expect.stringMatching(/^sha256:/) },
      rollback: false,
      repository: 'octo/zoo',
    },
  ]);
  expect(seen.issues).toEqual([]);
});

test('git alone says what is live, and the ledger agrees', async () => {
  for (const version of ['v1.0.0', 'v1.1.0']) await world.promote(version, 'production');
  await world.rollBack('production');
  const newest = await readGit(world.repository.folder, [
    'for-each-ref',
    '--sort=-version:refname',
    '--count=1',
    '--format=%(contents:subject)',
    'refs/tags/churn#production#*',
  ]);
  expect(newest).toBe('churn v1.0.0 back in production');
  const message = await readGit(world.repository.folder, [
    'for-each-ref',
    '--format=%(contents)',
    'refs/tags/churn#production#2',
  ]);
  expect(message).toContain('Modelgate-Version: churn@v1.1.0\nModelgate-Ledger: 4 sha256:');
});

test('the deployment of what was there before ends, and no other model’s in the same environment', async () => {
  await world.addVersion('v1.0.0', { model: 'fraud' });
  const asked = { model: 'fraud', version: 'v1.0.0', stage: 'staging', reason: '', requestedBy: 'ada' };
  await world.promote('v1.0.0', 'staging', { asked });
  for (const version of ['v1.0.0', 'v1.1.0']) await world.promote(version, 'staging');
  const { deployments } = await see(world);
  expect(deployments.map(({ ref, states }) => [ref, states.at(-1)])).toEqual([
    ['fraud#staging#1', 'success'],
    ['churn#staging#1', 'inactive'],
    ['churn#staging#2', 'success'],
  ]);
});

describe('what is there already', () => {
  test('is told, and nothing is written', async () => {
    await world.promote('v1.0.0', 'staging');
    const before = await see(world);
    expect(await world.promote('v1.0.0', 'staging')).toMatchObject({ state: 'live', event: { counter: 1 } });
    expect(await see(world)).toEqual(before);
  });

  test('by another attempt of the run is its own', async () => {
    await world.promote('v1.0.0', 'staging', { run: runOf(7) });
    expect(await world.promote('v1.0.0', 'staging', { run: runOf(7, 2) })).toMatchObject({ state: 'promoted' });
    expect((await see(world)).placings).toHaveLength(1);
  });

  test('no longer, because another came in since, is not put back by running again', async () => {
    await world.promote('v1.0.0', 'staging', { run: runOf(7) });
    await world.promote('v1.1.0', 'staging', { run: runOf(8) });
    expect(await world.promote('v1.0.0', 'staging', { run: runOf(7, 2) })).toMatchObject({ state: 'replaced' });
    expect((await see(world)).placings.map(({ version }) => version)).toEqual(['v1.0.0', 'v1.1.0']);
  });
});

test('a dry run says what would be, and writes nothing', async () => {
  const before = world.github.requests.length;
  expect(await world.promote('v1.0.0', 'staging', { dryRun: true })).toMatchObject({ state: 'allowed', from: null });
  expect(world.github.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a version that does not verify stays out, with every fault named', async () => {
  const verify = async () => [
    { subject: 'model.bin', reason: 'its digest is another' },
    { subject: 'churn@v1.0.0', reason: 'the tag was moved' },
  ];
  const result = await world.promote('v1.0.0', 'staging', { verify });
  expect(result).toMatchObject({
    state: 'refused',
    waits: undefined,
    refusals: [
      { ground: 'verification', found: 'churn@v1.0.0 does not verify: model.bin: its digest is another' },
      { ground: 'verification', found: expect.stringContaining('the tag was moved') },
    ],
  });
  expect((await see(world)).placings).toEqual([]);
});

test('a version whose release is not published stays out', async () => {
  const place = { owner: 'octo', repo: 'zoo' };
  const { rest } = world.connect();
  const { data } = await rest.repos.getReleaseByTag({ ...place, tag: 'churn@v1.1.0' });
  await rest.repos.deleteRelease({ ...place, release_id: data.id });
  expect(await world.promote('v1.1.0', 'staging')).toMatchObject({
    refusals: [{ ground: 'release', found: 'the release churn@v1.1.0 is not published' }],
  });
});

test('soak time is counted by the ledger, and ends to the second', async () => {
  world.stages = [plainStage('staging'), plainStage('production', { from: ['staging'], soakSeconds: 7200 })];
  world.time = BEGIN;
  await world.promote('v1.0.0', 'staging');
  world.time = BEGIN + HOUR;
  expect(await world.promote('v1.0.0', 'production')).toMatchObject({
    refusals: [{ found: expect.stringContaining('for 1h, and production asks for 2h: 1h are missing') }],
  });
  world.time = BEGIN + 2 * HOUR - 1;
  expect(await world.promote('v1.0.0', 'production')).toMatchObject({ state: 'refused' });
  world.time = BEGIN + 2 * HOUR;
  expect(await world.promote('v1.0.0', 'production')).toMatchObject({ state: 'promoted' });
});

test('a tag that somebody else made takes its number away, and nothing is moved', async () => {
  await readGit(world.repository.folder, ['tag', 'churn#staging#4', 'main']);
  expect(await world.promote('v1.0.0', 'staging')).toMatchObject({ event: { counter: 5 } });
  expect((await see(world)).tags.map(([name]) => name)).toEqual(['churn#staging#4', 'churn#staging#5']);
});

test('what an earlier run left unfinished is finished first', async () => {
  world.github.faults.add({ kind: 'status', status: 502, operation: 'repos/create-deployment', times: 9 });
  await expect(world.promote('v1.0.0', 'staging')).rejects.toThrow('make the deployment of churn#staging#1');
  world.github.faults.clear();
  const result = await world.promote('v1.0.0', 'production');
  expect(result).toMatchObject({
    state: 'promoted',
    finished: { placings: [{ event: { tag: 'churn#staging#1' } }, { event: { tag: 'churn#production#1' } }], left: [] },
  });
  const { deployments, dispatches } = await see(world);
  expect(deployments.map(({ states }) => states.at(-1))).toEqual(['success', 'success']);
  expect(dispatches.map(({ stage }) => stage)).toEqual(['staging', 'production']);
});

test('an old event that can never be finished holds nothing up, and is told', async () => {
  world.github.faults.add({ kind: 'status', status: 502, operation: 'git/create-tag', times: 9 });
  await expect(world.promote('v1.0.0', 'staging')).rejects.toThrow('churn#staging#1');
  world.github.faults.clear();
  await readGit(world.repository.folder, ['tag', 'churn#staging#1', 'main']);
  expect(await world.promote('v1.0.0', 'production')).toMatchObject({
    state: 'promoted',
    finished: { left: [{ tag: 'churn#staging#1', found: expect.stringContaining('is there already') }] },
  });
});

test('what was replaced before it was announced is never deployed', async () => {
  world.github.faults.add({ kind: 'status', status: 502, operation: 'repos/create-dispatch-event', times: 9 });
  await expect(world.promote('v1.0.0', 'staging')).rejects.toThrow('send the dispatch');
  const { ledger } = world.scene();
  const commit = commits[1] ?? '';
  await ledger.append(() => ({ append: draftPromotion('churn', 'staging', 2, 'v1.1.0', { commit, from: 'v1.0.0' }) }));
  world.github.faults.clear();
  await world.promote('v1.0.0', 'production');
  const { dispatches, deployments } = await see(world);
  expect(dispatches.map(({ stage, counter }) => [stage, counter])).toEqual([
    ['staging', 2],
    ['production', 1],
  ]);
  expect(deployments.map(({ ref, states }) => [ref, states.at(-1)])).toEqual([
    ['churn#staging#1', 'inactive'],
    ['churn#staging#2', 'success'],
    ['churn#production#1', 'success'],
  ]);
});
