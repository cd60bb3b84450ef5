import { afterAll, beforeAll, expect, test } from 'vitest';
import { Flow, type FlowOptions } from './flow.ts';
import { listHits, lost } from './hits.ts';
import { openWorld } from './judging.ts';
import { MODELS } from './project.ts';
import { runClean, runHit } from './ring.ts';
import type { World } from './world.ts';

const OPTIONS: FlowOptions = { shape: 'one-file', models: MODELS };

let world: World;
beforeAll(async () => {
  world = await openWorld({ fork: false });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test('whatever befalls a request of a run that is run again, every comment and check that is there is edited in place', async () => {
  const [{ judged: recorded }, first] = await runClean(world, OPTIONS);
  expect(first.seen.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['modelgate', 'failure'],
    ['modelgate: kind', 'success'],
    ['modelgate: strict', 'failure'],
  ]);
  expect([first.seen.comments.length, first.created]).toEqual([2, [2, 3]]);
  const prepare = async () => {
    world.reset();
    const flow = new Flow(world, { ...OPTIONS, recorded });
    await flow.open();
    await flow.report();
    world.run = world.run.rerun();
  };
  const [flow, clean] = await runClean(world, { ...OPTIONS, recorded }, prepare);
  expect(clean).toEqual({ seen: first.seen, created: [0, 0] });
  const hits = listHits(flow, ['open', 'complete'], lost);
  expect(hits.length).toBeGreaterThan(35);
  const found: string[] = [];
  for (const hit of hits) found.push(...(await runHit(world, { ...OPTIONS, recorded, hit }, clean, { prepare })));
  expect(found).toEqual([]);
});
