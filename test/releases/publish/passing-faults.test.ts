import { expect, test } from 'vitest';
import type { FaultRequest } from '../../support/github/faults.ts';
import { attempt, listHits, openRing } from './ring.ts';
import { findDifference, reset } from './whole.ts';

const LIMITED = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;

/** What goes wrong once, and is over: one of each sort. */
const READS: readonly FaultRequest[] = [
  { kind: 'status', status: 502 },
  { kind: 'drop' },
  LIMITED,
  { kind: 'stale' },
  { kind: 'cut' },
];
const WRITES: readonly FaultRequest[] = [
  ...(['before', 'after'] as const).flatMap((when) => [
    { kind: 'status', when, status: 502 } as const,
    { kind: 'drop', when } as const,
  ]),
  LIMITED,
  { kind: 'duplicate' },
  { kind: 'cut' },
];

test('a fault that passes, at any request, costs nothing: one whole release, one tag, one event', async () => {
  await using ring = await openRing();
  const { place } = ring;
  const hits = listHits(ring, { reads: READS, writes: WRITES });
  expect(hits.length).toBeGreaterThan(150);
  const found: string[] = [];
  for (const fault of hits) {
    await reset(place);
    const added = place.github.faults.add(fault);
    const failure = await attempt(ring);
    if (failure !== undefined) found.push(`${JSON.stringify(fault)}: it failed: ${failure}`);
    if (added.hits === 0) found.push(`${JSON.stringify(fault)}: it befell nothing`);
    place.github.faults.clear();
    const differences = await findDifference(place, 'v1.0.0');
    found.push(...differences.map((one) => `${JSON.stringify(fault)}: ${one}`));
  }
  expect(found).toEqual([]);
}, 900_000);
