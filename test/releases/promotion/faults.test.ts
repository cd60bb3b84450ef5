import { afterEach, beforeEach, expect, test } from 'vitest';
import { see } from '../../registry/promotion/seen.ts';
import { plainStage, runOf, World } from '../../registry/promotion/world.ts';
import { actUnder, findFlaws, listHits } from './ring.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0']) await world.addVersion(version);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

test('whatever befalls a request of a promotion, running it again leaves one event, one tag, one deployment', async () => {
  // Each in a stage of its own, behind one that was finished: as most promotions are.
  await world.promote('v1.0.0', 'staging', { run: runOf(1) });
  const act = (index: number, attempt: number) => {
    const stages = [plainStage(`s${index}`)];
    return world.promote('v1.1.0', `s${index}`, { run: runOf(1000 + index, attempt), stages });
  };
  const before = world.github.requests.length;
  await act(0, 1);
  const hits = listHits(world.github.requests.slice(before));
  expect(hits.length).toBeGreaterThan(150);
  const found: string[] = [];
  for (const [index, hit] of hits.entries()) {
    found.push(...(await actUnder(world, hit, (attempt) => act(index + 1, attempt))));
    const flaws = await findFlaws(world, `churn#s${index + 1}#1`, index + 3);
    found.push(...flaws.map((flaw) => `${JSON.stringify(hit.fault)}: ${flaw}`));
  }
  expect(found).toEqual([]);
}, 1_800_000);

test('whatever befalls a request of a rollback, running it again leaves one event, one tag, one deployment, one incident', async () => {
  for (const version of ['v1.0.0', 'v1.1.0']) await world.promote(version, 'production');
  const act = (index: number, attempt: number) => {
    const to = index % 2 === 0 ? 'v1.0.0' : 'v1.1.0';
    return world.rollBack('production', { to, run: runOf(1000 + index, attempt) });
  };
  const before = world.github.requests.length;
  await act(0, 1);
  const hits = listHits(world.github.requests.slice(before));
  expect(hits.length).toBeGreaterThan(150);
  const found: string[] = [];
  for (const [index, hit] of hits.entries()) {
    found.push(...(await actUnder(world, hit, (attempt) => act(index + 1, attempt))));
    const flaws = await findFlaws(world, `churn#production#${index + 4}`, index + 4);
    const open = (await see(world)).issues.filter(({ state }) => state === 'open').length;
    if (open !== index + 2) flaws.push(`${open} incidents, not ${index + 2}`);
    found.push(...flaws.map((flaw) => `${JSON.stringify(hit.fault)}: ${flaw}`));
  }
  expect(found).toEqual([]);
}, 1_800_000);
