import { afterAll, beforeAll, expect, test } from 'vitest';
import { Flow, type FlowOptions, type Hit } from './flow.ts';
import { describeHit, grave, listEach, listHits } from './hits.ts';
import { openWorld } from './judging.ts';
import type { World } from './world.ts';

const OPTIONS: FlowOptions = { shape: 'forks', models: ['kind'] };

let world: World;
let clean: Flow;
beforeAll(async () => {
  world = await openWorld({ fork: true });
  clean = new Flow(world, OPTIONS);
  await clean.plan();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

async function plan(hit: Hit) {
  const flow = new Flow(world, { ...OPTIONS, hit });
  await flow.plan();
  expect(flow.struck, describeHit(hit)).toBeGreaterThan(0);
  const { outputs, mistake } = flow.ended.get('plan') ?? {};
  return { outputs, problems: mistake?.problems ?? [] };
}

test('whatever befalls a request of the plan once, the same is planned', async () => {
  const { outputs: planned } = clean.ended.get('plan') ?? {};
  expect(planned?.['train']).toContain('kind/modelgate.yml');
  const hits = listEach(clean, ['plan']);
  expect(hits.length).toBeGreaterThan(25);
  for (const hit of hits) {
    const { outputs, problems } = await plan(hit);
    expect([problems, outputs], describeHit(hit)).toEqual([[], planned]);
  }
});

test('what stays wrong with a request of the plan is told with what to do, and lets nothing in that was not let in before', async () => {
  const { outputs: planned } = clean.ended.get('plan') ?? {};
  const hits = listHits(clean, ['plan'], grave);
  expect(hits.length).toBeGreaterThan(14);
  for (const hit of hits) {
    const { outputs, problems } = await plan(hit);
    for (const { fix } of problems) expect(fix, describeHit(hit)).toBeTruthy();
    // Where a failure costs an approval or evidence that could be used again, the plan goes on without it.
    const allowed = problems.length > 0 ? [undefined] : [planned?.['train'], '[]'];
    expect(allowed, describeHit(hit)).toContain(outputs?.['train']);
  }
});
