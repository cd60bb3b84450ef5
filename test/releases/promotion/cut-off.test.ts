import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPlaced } from '../../../src/registry/promotion/place.ts';
import { runOf, World } from '../../registry/promotion/world.ts';
import { readGit } from '../../support/github/git/commands.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0']) await world.addVersion(version);
  for (const [index, version] of ['v1.0.0', 'v1.1.0'].entries()) {
    await world.promote(version, 'production', { run: runOf(index + 7) });
  }
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

/** Takes the newest event off the ledger, as whoever may push can. */
const cut = () => readGit(world.repository.folder, ['update-ref', 'refs/heads/modelgate', 'modelgate~1']);

const SOMEBODY = ['-c', 'user.name=cy', '-c', 'user.email=cy@example.org'];
const LATER = 'the tag churn#production#2 remembers event 4 of the ledger, which does not have it';

test('nothing is promoted or rolled back on a ledger that was cut off', async () => {
  await cut();
  await expect(world.promote('v1.1.0', 'production')).rejects.toThrow(LATER);
  await expect(world.promote('v1.1.0', 'production', { dryRun: true })).rejects.toThrow('modelgate verify --ledger');
  await expect(world.rollBack('production')).rejects.toThrow(LATER);
  expect((await world.openLedger().read()).events).toHaveLength(3);
});

test('a ledger that is cut off while it is decided on is seen too', async () => {
  const verify = async () => {
    await cut();
    return [];
  };
  await expect(world.promote('v1.0.0', 'production', { verify })).rejects.toThrow(LATER);
});

test('other stages and tags of other programs hold nothing up', async () => {
  await readGit(world.repository.folder, [...SOMEBODY, 'tag', '-a', '-m', 'by GTO', 'churn#staging#4', 'main']);
  await cut();
  expect(await world.promote('v1.0.0', 'staging')).toMatchObject({ state: 'promoted', event: { counter: 5 } });
});

test('what a run has promoted is found again by any attempt of it', async () => {
  const ledger = await world.openLedger().read();
  expect(findPlaced(ledger, runOf(7, 2), 'churn', 'production')).toMatchObject({ version: 'v1.0.0' });
  expect(findPlaced(ledger, runOf(7, 2), 'churn', 'staging')).toBeUndefined();
  expect(findPlaced(ledger, runOf(9), 'churn', 'production')).toBeUndefined();
});
