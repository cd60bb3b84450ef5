import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import type { Package } from '../../../src/registry/package/package.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import type { FaultRequest } from '../../support/github/faults.ts';
import { findDifference, findHalves, reset } from './whole.ts';

const FILES = { 'a.bin': 'aaaa', 'evidence/verdict.json': '{}' };

/** What goes wrong once, and is over: one of each sort. */
const ONCE: readonly FaultRequest[] = [
  ...(['before', 'after'] as const).flatMap((when) => [
    { kind: 'status', when, status: 502 } as const,
    { kind: 'drop', when } as const,
  ]),
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'duplicate' },
  { kind: 'stale' },
  { kind: 'cut' },
];

/** What stays wrong until somebody does something about it. */
const LASTING: readonly FaultRequest[] = [
  ...(['before', 'after'] as const).map((when) => ({ kind: 'status', when, status: 502 }) as const),
  ...[401, 404].map((status) => ({ kind: 'status', status, message: 'Not for you' }) as const),
  { kind: 'drop', when: 'after' },
];

let place: Place;
let made: Package;
/** The requests of a publishing that nothing befalls. */
let methods: string[];

beforeAll(async () => {
  place = await Place.open();
  made = await place.pack(FILES);
  const before = place.github.requests.length;
  await publishVersion(place.options(made));
  methods = place.github.requests.slice(before).map(({ method }) => method);
});
afterAll(() => place[Symbol.asyncDispose]());

/** Publishes under a fault, then again without; what is not as it should be, at any moment. */
async function suffer(fault: FaultRequest, mustSucceed: boolean): Promise<string[]> {
  await reset(place);
  place.github.faults.add(fault);
  const label = JSON.stringify(fault);
  const found: string[] = [];
  const failure = await publishVersion(place.options(made)).then(
    () => undefined,
    (error: unknown) => error,
  );
  place.github.faults.clear();
  if (failure !== undefined && mustSucceed) found.push(`it failed: ${failure}`);
  if (failure !== undefined && !(failure instanceof UserMistake)) found.push(`no words for the user: ${failure}`);
  found.push(...(await findHalves(place)));
  if (failure !== undefined) await publishVersion(place.options(made));
  found.push(...(await findDifference(place, 'v1.0.0')));
  return found.map((one) => `${label}: ${one}`);
}

function meets(method: string | undefined, { kind, when }: FaultRequest): boolean {
  return method !== 'GET' || (kind !== 'duplicate' && when !== 'after');
}

test('a fault that passes, at any request, costs nothing', async () => {
  const found: string[] = [];
  for (let nth = 1; nth <= methods.length; nth++) {
    const faults = ONCE.filter((fault) => meets(methods[nth - 1], fault));
    for (const fault of faults) found.push(...(await suffer({ ...fault, nth }, true)));
  }
  expect(found).toEqual([]);
}, 900_000);

test('a fault that stays, from any request on, leaves nothing half-published, and the next run ends it', async () => {
  const found: string[] = [];
  for (let nth = 1; nth <= methods.length; nth++) {
    for (const fault of LASTING.filter((one) => meets(methods[nth - 1], one))) {
      found.push(...(await suffer({ ...fault, nth, times: 1000 }, false)));
    }
  }
  expect(found).toEqual([]);
}, 900_000);
