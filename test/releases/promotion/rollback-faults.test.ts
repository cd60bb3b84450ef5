import { expect, test } from 'vitest';
import { see } from '../../registry/promotion/seen.ts';
import { runOf, World } from '../../registry/promotion/world.ts';
import { findPlacingFlaws, runRing } from './ring.ts';

test('whatever befalls a request of a rollback, running it again leaves one event, one tag, one deployment, one incident', async () => {
  await using world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0']) {
    await world.addVersion(version);
    await world.promote(version, 'production');
  }
  const { cases, found } = await runRing(world, {
    act: (attempt) => world.rollBack('production', { run: runOf(2, attempt) }),
    async findFlaws(sent) {
      const open = (await see(world)).issues.filter(({ state }) => state === 'open').length;
      const flaws = await findPlacingFlaws(world, 'churn#production#3', 3, sent);
      return open === 1 ? flaws : [...flaws, `${open} incidents are open`];
    },
  });
  expect(found).toEqual([]);
  expect(cases).toBeGreaterThan(100);
}, 1_800_000);
