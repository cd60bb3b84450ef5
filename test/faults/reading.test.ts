import { afterAll, beforeAll, expect, test } from 'vitest';
import { Flow, type FlowOptions, STEPS, type StepName } from './flow.ts';
import { describeHit, listEach } from './hits.ts';
import { describeJudged, openWorld } from './judging.ts';
import type { World } from './world.ts';

const OPTIONS: FlowOptions = { shape: 'forks', models: ['kind'] };

let world: World;
beforeAll(async () => {
  world = await openWorld({ fork: true });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** Plans or judges, and tells what came of it. */
const WORK = {
  plan: async (flow: Flow) => {
    await flow.plan();
    return JSON.stringify(flow.ended.get('plan')?.outputs);
  },
  judge: async (flow: Flow) => describeJudged(await flow.judge()),
};

test.each([
  ['the plan', 'plan', ['plan'], 20],
  ['the judge', 'judge', ['subject', 'judge'], 40],
] as const)('whatever befalls a request of %s once, it comes to the same', async (_, work, steps, least) => {
  const clean = new Flow(world, OPTIONS);
  const wanted = await WORK[work](clean);
  expect(wanted).toContain('kind');
  const hits = listEach(clean, steps);
  expect(hits.length).toBeGreaterThan(least);
  for (const hit of hits) {
    const flow = new Flow(world, { ...OPTIONS, hit });
    const told = await WORK[work](flow);
    const mistakes = [...flow.ended.values()].flatMap(({ mistake }) => mistake?.message ?? []);
    expect([mistakes, told], describeHit(hit)).toEqual([[], wanted]);
    // A storm must have reached every request but those of git.
    const asked = (clean.requests.get(hit.step) ?? []).filter(({ operation }) => !operation.startsWith('git/'));
    expect(flow.struck, describeHit(hit)).toBeGreaterThanOrEqual(hit.faults.length === 1 ? 1 : asked.length);
  }
});

test('every step of the flow asks something, so that nothing is tested of nothing', async () => {
  world.reset();
  const flow = new Flow(world, OPTIONS);
  await flow.plan();
  await flow.open();
  await flow.report();
  const counts = STEPS.map((step: StepName) => [step, flow.requests.get(step)?.length ?? 0] as const);
  for (const [step, count] of counts) expect(count, step).toBeGreaterThanOrEqual(3);
});
