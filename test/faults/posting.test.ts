import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FlowOptions } from './flow.ts';
import { listHits, once } from './hits.ts';
import { openWorld } from './judging.ts';
import { runClean, runHit } from './ring.ts';
import type { World } from './world.ts';

const OPTIONS: FlowOptions = { shape: 'forks', models: ['kind'] };

let world: World;
beforeAll(async () => {
  world = await openWorld({ fork: true });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test('whatever befalls a request of what posts once, the comment and the checks are as without it, each made once', async () => {
  const [flow, clean] = await runClean(world, OPTIONS);
  expect(clean.seen.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['modelgate', 'success'],
    ['modelgate: kind', 'success'],
  ]);
  expect([clean.seen.comments.length, clean.created]).toEqual([1, [1, 2]]);
  const hits = listHits(flow, ['open', 'complete'], once);
  expect(hits.length).toBeGreaterThan(150);
  const { judged: recorded } = flow;
  const found: string[] = [];
  for (const hit of hits) found.push(...(await runHit(world, { ...OPTIONS, recorded, hit }, clean)));
  expect(found).toEqual([]);
});
