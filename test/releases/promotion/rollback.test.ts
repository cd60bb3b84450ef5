import { afterEach, beforeEach, expect, test } from 'vitest';
import { draftHealth } from '../../registry/ledger/drafts.ts';
import { see } from '../../registry/promotion/seen.ts';
import { BEGIN, HOUR, plainStage, runOf, World } from '../../registry/promotion/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0', 'v1.2.0']) {
    await world.addVersion(version);
    await world.promote(version, 'production');
  }
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const tellUnhealthy = (version: string) =>
  world.openLedger().append(() => ({ append: draftHealth('churn', 'production', version, false, version) }));

test('a rollback goes to the last version that was healthy there, by a new tag, and opens an incident', async () => {
  const before = await see(world);
  const result = await world.rollBack('production', { run: runOf(9) });
  expect(result).toMatchObject({ state: 'rolled-back', event: { version: 'v1.1.0', from: 'v1.2.0', counter: 4 } });
  const seen = await see(world);
  expect(seen.tags.slice(0, 3)).toEqual(before.tags);
  expect(seen.tags[3]?.slice(0, 2)).toEqual(['churn#production#4', 'churn v1.1.0 back in production']);
  expect(seen.dispatches.at(-1)).toMatchObject({ rollback: true, previous: 'v1.2.0', version: 'v1.1.0', counter: 4 });
  expect(Object.keys(seen.dispatches.at(-1) ?? {})).toHaveLength(10);
  expect(seen.deployments.map(({ states }) => states.at(-1))).toEqual(['inactive', 'inactive', 'inactive', 'success']);
  expect(seen.issues).toEqual([
    {
      title: 'churn: production went back from v1.2.0 to v1.1.0',
      state: 'open',
      labels: ['modelgate-incident'],
      body: expect.stringContaining('Reason: It is \\*worse\\*'),
    },
  ]);
  expect(seen.issues[0]?.body).toContain('event 7');
});

test('what was left is never gone back to, and the next rollback goes further', async () => {
  await world.rollBack('production');
  expect(await world.rollBack('production')).toMatchObject({ event: { version: 'v1.0.0', from: 'v1.1.0' } });
  expect(await world.rollBack('production')).toMatchObject({
    state: 'refused',
    refusals: [
      { found: 'no version but v1.0.0 was ever healthy in production', fix: expect.stringContaining('v1.1.0') },
    ],
  });
});

test('a version that was found unhealthy is passed over', async () => {
  await tellUnhealthy('v1.1.0');
  expect(await world.rollBack('production')).toMatchObject({ event: { version: 'v1.0.0' } });
});

test('a named version is gone back to where it was there, healthy or not', async () => {
  await tellUnhealthy('v1.0.0');
  expect(await world.rollBack('production', { to: 'v1.0.0' })).toMatchObject({ event: { version: 'v1.0.0' } });
});

test('a version that was never there is refused, and so is one that is there', async () => {
  await world.addVersion('v2.0.0');
  expect(await world.rollBack('production', { to: 'v2.0.0' })).toMatchObject({
    state: 'refused',
    refusals: [{ found: 'churn@v2.0.0 was never in production', fix: expect.stringContaining('v1.0.0, v1.1.0') }],
  });
  expect(await world.rollBack('production', { to: 'v1.2.0' })).toMatchObject({ state: 'live' });
});

test('a version that does not verify is refused, and the next in line is told', async () => {
  const broken = (...versions: string[]) => ({
    verify: async ({ version }: { version: string }) =>
      versions.includes(version) ? [{ subject: 'model.bin', reason: 'it is another' }] : [],
  });
  expect(await world.rollBack('production', broken('v1.1.0'))).toMatchObject({
    state: 'refused',
    refusals: [
      { ground: 'verification', found: 'churn@v1.1.0 does not verify: model.bin: it is another' },
      {
        found: 'the next version that was healthy in production is v1.0.0',
        fix: expect.stringContaining('--to v1.0.0'),
      },
    ],
  });
  await tellUnhealthy('v1.0.0');
  expect(await world.rollBack('production', broken('v1.1.0'))).toMatchObject({
    refusals: [{}, { found: 'no other version was healthy in production' }],
  });
  expect((await see(world)).placings).toHaveLength(3);
});

test('a rollback needs a reason and something to go back from, and says both', async () => {
  const asked = { model: 'churn', stage: 'staging', reason: ' ', requestedBy: 'ada' };
  expect(await world.rollBack('staging', { asked })).toMatchObject({
    refusals: [{ found: 'a rollback needs a reason' }, { found: 'nothing of churn was ever put into staging' }],
  });
  expect(await world.rollBack('x', { asked: { ...asked, stage: 'stagin', reason: 'x' } })).toMatchObject({
    refusals: [{ found: 'there is no stage `stagin`', fix: expect.stringContaining('Did you mean `staging`?') }],
  });
});

test('a stage that modelgate.yml no longer has can still go back', async () => {
  world.stages = [];
  expect(await world.rollBack('production')).toMatchObject({ state: 'rolled-back' });
});

test('what came in after somebody asked is not left by mistake', async () => {
  world.time = BEGIN + HOUR;
  await world.rollBack('production');
  const since = new Date(BEGIN + HOUR - 1000);
  const asked = { model: 'churn', stage: 'production', reason: 'Slow', requestedBy: 'bo', since };
  expect(await world.rollBack('production', { asked })).toMatchObject({
    state: 'refused',
    refusals: [{ ground: 'changed', found: expect.stringContaining('put v1.1.0 into production by a rollback') }],
  });
});

test('two who go back at the same moment go back once', async () => {
  const results = await Promise.all([
    world.rollBack('production', { run: runOf(1) }),
    world.rollBack('production', { run: runOf(2) }),
  ]);
  const states = results.map(({ state }) => state).sort();
  expect(states).toEqual(['refused', 'rolled-back']);
  expect((await see(world)).placings).toHaveLength(4);
});

test('where no issue can be opened the stage goes back all the same, and somebody is told', async () => {
  const { issues: _issues, ...permissions } = {
    contents: 'write',
    deployments: 'write',
    actions: 'read',
    issues: 'x',
  } as const;
  const client = world.connect(permissions);
  const result = await world.rollBack('production', { client });
  expect(result).toMatchObject({
    state: 'rolled-back',
    finished: { placings: [{ notices: [expect.stringContaining('incident issue could not be opened')] }] },
  });
});

test('a dry run says where it would go, and writes nothing', async () => {
  const before = world.github.requests.length;
  expect(await world.rollBack('production', { dryRun: true })).toMatchObject({
    state: 'allowed',
    release: { version: 'v1.1.0' },
    from: 'v1.2.0',
  });
  expect(world.github.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a pre-release that was there is gone back to only where the stage takes some', async () => {
  world.stages = [plainStage('production', { prereleases: true })];
  await world.addVersion('v1.3.0-rc.1');
  for (const version of ['v1.3.0-rc.1', 'v1.2.0']) await world.promote(version, 'production');
  const { stages } = world;
  world.stages = [plainStage('production')];
  const dry = { dryRun: true };
  expect(await world.rollBack('production', dry)).toMatchObject({ state: 'allowed', release: { version: 'v1.1.0' } });
  expect(await world.rollBack('production', { ...dry, to: 'v1.3.0-rc.1' })).toMatchObject({
    refusals: [{ ground: 'prerelease', found: 'churn@v1.3.0-rc.1 is a pre-release, and production takes none' }],
  });
  const verify = async () => [{ subject: 'model.bin', reason: 'its digest is another' }];
  expect(await world.rollBack('production', { ...dry, verify })).toMatchObject({
    refusals: [{ ground: 'verification' }, { found: expect.stringContaining('healthy in production is v1.0.0') }],
  });
  world.stages = [];
  expect(await world.rollBack('production', dry)).toMatchObject({ state: 'allowed', release: { version: 'v1.1.0' } });
  world.stages = stages;
  expect(await world.rollBack('production', dry)).toMatchObject({ release: { version: 'v1.3.0-rc.1' } });
});

test('who ran it again stands in the ledger beside who asked', async () => {
  const asked = {
    model: 'churn',
    stage: 'production',
    reason: 'It bites',
    requestedBy: 'ada',
    triggeredBy: ['bo', 'Ada'],
  };
  expect(await world.rollBack('production', { asked })).toMatchObject({
    event: { requestedBy: 'ada', triggeredBy: ['bo'] },
  });
});
