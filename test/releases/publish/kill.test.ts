import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import { bundleChild, type Child, order, startChild } from './children.ts';
import { findDifference, findHalves, reset } from './whole.ts';

const KILLS = 140;
/** Kills in a row before the run that ends it: what one left, the next finds. */
const MOST_IN_A_ROW = 4;
/** More requests than publishing takes: some children end before they are killed. */
const LONGEST = 60;
/** Milliseconds after the request that was waited for. */
const LONGEST_AFTER = 4;

test(`killed at ${KILLS} random moments, the next run makes one whole release`, async () => {
  await using place = await Place.open();
  const draw = createDraws(20_261_123);
  const found: string[] = [];
  const program = await bundleChild(place);
  let next = startChild(program, place.folder);
  let [kills, finished] = [0, 0];
  try {
    while (kills < KILLS) {
      await reset(place);
      const made = await place.pack({ 'model.bin': Buffer.alloc(300_000, kills), 'evidence/verdict.json': `${kills}` });
      const told = await order(place, made, 100_000);
      const row = 1 + Math.floor(draw() * MOST_IN_A_ROW);
      for (let index = 0; index < row && kills < KILLS; index++) {
        const child = await next;
        next = startChild(program, place.folder);
        const moment = place.github.requests.length + Math.floor(draw() * LONGEST);
        child.process.send(told);
        const wasKilled = await killAt(place, child, moment, draw() * LONGEST_AFTER);
        if (wasKilled) kills += 1;
        else finished += 1;
        for (const half of await findHalves(place)) found.push(`after kill ${kills}: ${half}`);
        if (!wasKilled) break;
      }
      await publishVersion(place.options(made, { partBytes: 100_000 }));
      for (const difference of await findDifference(place, 'v1.0.0')) found.push(`after ${kills} kills: ${difference}`);
    }
  } finally {
    const last = await next;
    last.process.kill('SIGKILL');
    await last.ended;
  }
  expect(found).toEqual([]);
  // Had every child come to its end, nothing would have been tried.
  expect(finished).toBeLessThan(KILLS);
}, 900_000);

/** Kills a child at a request of its; false when it had come to its end by then. */
async function killAt(place: Place, child: Child, moment: number, after: number): Promise<boolean> {
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  while (!over && place.github.requests.length < moment) await sleep(1);
  if (!over) await sleep(after);
  const wasKilled = child.process.exitCode === null && child.process.kill('SIGKILL');
  await child.ended;
  return wasKilled;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function createDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
