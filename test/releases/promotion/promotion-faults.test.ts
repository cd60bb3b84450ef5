import { expect, test } from 'vitest';
import { runOf, World } from '../../registry/promotion/world.ts';
import { findPlacingFlaws, runRing } from './ring.ts';

test('whatever befalls a request of a promotion, running it again leaves one event, one tag, one deployment', async () => {
  await using world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0']) await world.addVersion(version);
  // As most promotions are: behind one that was finished.
  await world.promote('v1.0.0', 'production', { run: runOf(1) });
  const { cases, found } = await runRing(world, {
    act: (attempt) => world.promote('v1.1.0', 'production', { run: runOf(2, attempt) }),
    findFlaws: (sent) => findPlacingFlaws(world, 'churn#production#2', 2, sent),
  });
  expect(found).toEqual([]);
  expect(cases).toBeGreaterThan(100);
}, 1_800_000);
