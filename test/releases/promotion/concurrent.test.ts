import { expect, test } from 'vitest';
import { see } from '../../registry/promotion/seen.ts';
import { runOf, World } from '../../registry/promotion/world.ts';

const COUNT = 20;

test(`${COUNT} promotions at the same moment are ${COUNT} events in one order, and the last one is live`, async () => {
  await using world = await World.open();
  const versions = Array.from({ length: COUNT }, (_, index) => `v1.${index}.0`);
  for (const version of versions) await world.addVersion(version);
  const results = await Promise.all(
    versions.map((version, index) => world.promote(version, 'production', { run: runOf(100 + index) })),
  );
  expect(results.map(({ state }) => state)).toEqual(versions.map(() => 'promoted'));
  const { placings, tags, deployments, dispatches } = await see(world);
  const counters = Array.from({ length: COUNT }, (_, index) => `churn#production#${index + 1}`);
  expect(placings.map(({ tag }) => tag)).toEqual(counters);
  expect(placings.map(({ version }) => version).toSorted()).toEqual(versions.toSorted());
  // Each names the one before it, so the order is one.
  expect(placings.map(({ from }) => from)).toEqual([null, ...placings.slice(0, -1).map(({ version }) => version)]);
  expect(tags.map(([name]) => name).toSorted()).toEqual(counters.toSorted());
  expect(deployments.map(({ ref }) => ref).toSorted()).toEqual(counters.toSorted());
  const successful = deployments.filter(({ states }) => states.at(-1) === 'success');
  expect(successful.map(({ ref }) => ref)).toEqual([`churn#production#${COUNT}`]);
  expect(dispatches.map(({ counter }) => counter)).toContain(COUNT);
}, 1_800_000);
