import { expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import type { FaultRequest } from '../../support/github/faults.ts';
import { attempt, describeState, listHits, openRing } from './ring.ts';
import { findDifference, findHalves, reset } from './whole.ts';

/** What stays wrong until somebody does something about it. */
const READS: readonly FaultRequest[] = [
  { kind: 'status', status: 502 },
  ...[401, 404].map((status) => ({ kind: 'status', status, message: 'Not for you' }) as const),
  { kind: 'stale' },
];
const WRITES: readonly FaultRequest[] = [
  ...(['before', 'after'] as const).map((when) => ({ kind: 'status', when, status: 502 }) as const),
  ...[401, 404].map((status) => ({ kind: 'status', status, message: 'Not for you' }) as const),
  { kind: 'drop', when: 'after' },
];

test('a fault that stays, from any request on, leaves nothing half-published, and the next run ends it', async () => {
  await using ring = await openRing();
  const { place } = ring;
  const hits = listHits(ring, { reads: READS, writes: WRITES });
  expect(hits.length).toBeGreaterThan(120);
  const found: string[] = [];
  /** What faults have left behind so far: from each the next run is shown once. */
  const continued = new Set<string>();
  for (const hit of hits) {
    await reset(place);
    const fault = { ...hit, times: 1000 };
    place.github.faults.add(fault);
    const failure = await attempt(ring);
    place.github.faults.clear();
    place.github.forget();
    const flaws = await findHalves(place);
    if (failure !== undefined && !(failure instanceof UserMistake)) flaws.push(`no words for the user: ${failure}`);
    const state = await describeState(ring);
    if (failure === undefined || !continued.has(state)) {
      const again = failure === undefined ? undefined : await attempt(ring);
      if (again !== undefined) flaws.push(`the next run failed: ${again}`);
      flaws.push(...(await findDifference(place, 'v1.0.0')));
    }
    continued.add(state);
    found.push(...flaws.map((flaw) => `${JSON.stringify(fault)}: ${flaw}`));
  }
  expect(found).toEqual([]);
  // Nothing, a draft, some of its assets, all, the event, the tag, the release.
  expect(continued.size).toBeGreaterThanOrEqual(7);
}, 900_000);
