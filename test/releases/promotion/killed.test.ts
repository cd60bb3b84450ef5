import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { OURS, PERMISSIONS, runOf, World } from '../../registry/promotion/world.ts';
import type { ChildOrder } from './child.ts';
import { keepMoment } from './moment.ts';
import { countDispatches, findPlacingFlaws } from './ring.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const TIMES = 60;
/** Requests of a placing, about. */
const REQUESTS = 30;

/** Numbers from 0 up to 1 that look random and are the same every time (Park and Miller, CACM 31(10), 1988). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test(`killed at ${TIMES} random moments, and run again, a placing is whole and there once`, async () => {
  await using world = await World.open();
  const { github, repository } = world;
  for (const version of ['v1.0.0', 'v1.1.0']) {
    await world.addVersion(version);
    await world.promote(version, 'production');
  }
  const restore = await keepMoment(world);
  const expiresAt = new Date('2100-01-01');
  const token = github.createToken({ repository, permissions: PERMISSIONS, expiresAt });
  const order = { apiUrl: github.apiUrl, token, repository: world.place, stages: world.stages, author: OURS };
  const cache = await mkdtemp(join(tmpdir(), 'modelgate-killed-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(cache, { recursive: true, force: true }) };
  const random = createRandom(20_261_123);
  const found: string[] = [];
  let killed = 0;
  for (let index = 0; index < TIMES; index++) {
    await restore();
    const back = random() < 0.5;
    const nth = 1 + Math.floor(random() * REQUESTS);
    const announced = countDispatches(world);
    const held = github.faults.add({ kind: 'delay', nth, when: random() < 0.5 ? 'before' : 'after' });
    const told: ChildOrder = { ...order, run: runOf(1000), version: 'v1.0.0', stage: 'production', back };
    // What was compiled once is kept: most of a child's time is its start.
    const environment = { ...process.env, NODE_COMPILE_CACHE: cache };
    const child = spawn(process.execPath, [CHILD, JSON.stringify(told)], { stdio: 'ignore', env: environment });
    const ended = once(child, 'exit');
    const first = await Promise.race([held.reached.then(() => 'reached'), ended.then(() => 'ended')]);
    if (first === 'reached') {
      child.kill('SIGKILL');
      killed += 1;
    }
    await ended;
    // What the server had begun when the process died, it ends.
    github.faults.clear();
    const run = runOf(1000, 2);
    const result = back
      ? await world.rollBack('production', { to: 'v1.0.0', run })
      : await world.promote('v1.0.0', 'production', { run });
    const flaws = await findPlacingFlaws(world, 'churn#production#3', 3, countDispatches(world) - announced);
    if (!['promoted', 'rolled-back'].includes(result.state)) flaws.push(`it ended as ${result.state}`);
    found.push(...flaws.map((flaw) => `${index}, killed at request ${nth}: ${flaw}`));
  }
  expect(found).toEqual([]);
  expect(killed).toBeGreaterThan(TIMES / 2);
}, 1_800_000);
