import { afterAll, beforeAll, expect, test } from 'vitest';
import { Flow, type FlowOptions, type StepName } from './flow.ts';
import { describeHit, grave, type Kind, lasting, listHits } from './hits.ts';
import { openWorld } from './judging.ts';
import { type Clean, type Healing, runClean, runHit } from './ring.ts';
import type { World } from './world.ts';

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

interface Case extends Healing {
  readonly what: string;
  readonly steps: readonly StepName[];
  readonly kind: Kind;
  readonly least: number;
}

test.each<Case>([
  { what: 'what posts, until its jobs are run again', steps: ['open', 'complete'], kind: lasting, least: 90 },
  { what: 'what posts, until all is run again', steps: ['open', 'complete'], kind: grave, least: 25, whole: true },
  { what: 'the judge, until it is run again', steps: ['subject', 'judge'], kind: grave, least: 25 },
])(
  'what stays wrong with $what, is told with what to do, and never reads as green',
  async ({ steps, kind, least, whole }) => {
    const hits = listHits(flow, steps, kind);
    expect(hits.length).toBeGreaterThan(least);
    const { judged: recorded } = flow;
    const found: string[] = [];
    for (const hit of hits) {
      found.push(...(await runHit(world, { ...OPTIONS, recorded, hit }, clean, { whole: whole ?? false })));
    }
    expect(found).toEqual([]);
  },
);

test('what stays wrong with the plan is told with what to do, and lets nothing in that was not let in before', async () => {
  const first = new Flow(world, OPTIONS);
  await first.plan();
  const planned = first.ended.get('plan')?.outputs['train'];
  const hits = listHits(first, ['plan'], grave);
  expect(hits.length).toBeGreaterThan(14);
  for (const hit of hits) {
    const one = new Flow(world, { ...OPTIONS, hit });
    await one.plan();
    const { mistake, outputs } = one.ended.get('plan') ?? {};
    expect(one.struck, describeHit(hit)).toBeGreaterThan(0);
    for (const { fix } of mistake?.problems ?? []) expect(fix, describeHit(hit)).toBeTruthy();
    // Where only an approval or evidence to use again is lost, the plan goes on without it.
    expect(mistake ? [undefined] : [planned, '[]'], describeHit(hit)).toContain(outputs?.['train']);
  }
});
