import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FlowOptions } from './flow.ts';
import { lasting, listHits, once } from './hits.ts';
import { openWorld } from './judging.ts';
import { runClean, runHit } from './ring.ts';
import type { World } from './world.ts';

/** The steps that post. What judging came to is taken from a flow without faults. */
const STEPS = ['open', 'complete'] as const;
const OPTIONS: FlowOptions = { shape: 'forks', models: ['kind'] };

let world: World;
beforeAll(async () => {
  world = await openWorld({ fork: true });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test.each([
  ['once', once, 150],
  ['for as long as nobody does anything about it', lasting, 100],
])('whatever befalls whichever request %s, the comment and the checks come out right', async (_, kind, least) => {
  const [flow, clean] = await runClean(world, OPTIONS);
  expect(clean.seen.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['modelgate', 'success'],
    ['modelgate: kind', 'success'],
  ]);
  expect([clean.seen.comments.length, clean.created]).toEqual([1, [1, 2]]);
  const hits = listHits(flow, STEPS, kind);
  expect(hits.length).toBeGreaterThan(least);
  const found: string[] = [];
  const recorded = flow.judged;
  for (const hit of hits)
    found.push(...(await runHit(world, { ...OPTIONS, ...(recorded && { recorded }), hit }, clean)));
  expect(found).toEqual([]);
});
