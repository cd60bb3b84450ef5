import { afterAll, beforeAll, expect, test } from 'vitest';
import { Flow, type FlowOptions, type Hit, type StepName } from './flow.ts';
import { describeHit, grave, listEach, listHits } from './hits.ts';
import { describeJudged, openWorld } from './judging.ts';
import { type Clean, runClean, runHit } from './ring.ts';
import type { World } from './world.ts';

const STEPS: readonly StepName[] = ['subject', 'judge'];
const OPTIONS: FlowOptions = { shape: 'forks', models: ['kind'] };

let world: World;
let flow: Flow;
let clean: Clean;
beforeAll(async () => {
  world = await openWorld({ fork: true });
  [flow, clean] = await runClean(world, OPTIONS);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** Judges under a fault. Returns what is not as it should be. */
async function judgeUnder(hit: Hit): Promise<string[]> {
  const one = new Flow(world, { ...OPTIONS, hit });
  const judged = await one.judge();
  const mistakes = [...one.ended.values()].flatMap(({ mistake }) => mistake?.message ?? []);
  const found = [
    ...mistakes,
    one.struck === 0 && 'the fault befell nothing',
    describeJudged(judged) !== (flow.judged && describeJudged(flow.judged)) && 'it was judged otherwise',
  ];
  return found.filter((text) => typeof text === 'string').map((text) => `${describeHit(hit)}: ${text}`);
}

test('whatever befalls a request of the judge once, the verdict is the same', async () => {
  const hits = listEach(flow, STEPS);
  expect(hits.length).toBeGreaterThan(55);
  const found: string[] = [];
  for (const hit of hits) found.push(...(await judgeUnder(hit)));
  expect(found).toEqual([]);
});

test('what stays wrong with a request of the judge keeps the check from green, and is over with the next attempt', async () => {
  const hits = listHits(flow, STEPS, grave);
  expect(hits.length).toBeGreaterThan(25);
  const { judged: recorded } = flow;
  const found: string[] = [];
  for (const hit of hits)
    found.push(...(await runHit(world, { ...OPTIONS, ...(recorded && { recorded }), hit }, clean)));
  expect(found).toEqual([]);
});
