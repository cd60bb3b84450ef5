import { see } from '../../registry/promotion/seen.ts';
import type { World } from '../../registry/promotion/world.ts';
import type { FaultRequest } from '../../support/github/faults.ts';
import { keepMoment } from './moment.ts';

type Requests = World['github']['requests'];

const LIMITED = {
  kind: 'status',
  message: 'You have exceeded a secondary rate limit.',
  headers: { 'retry-after': '1' },
};
/** Nothing happened, and nobody knows. The client makes one error of these, so every request meets one of them in turn. */
const FAILED = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'drop' },
] as const satisfies FaultRequest[];
/** It happened, and nobody knows: one error, too. */
const LOST = [
  { kind: 'status', when: 'after', status: 502 },
  { kind: 'drop', when: 'after' },
  { kind: 'cut' },
] as const satisfies FaultRequest[];
const DENIED = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
/** Where the address of an archive leads: when that fails, the address is asked for again. */
const ARCHIVE = 'results-blob';
/** As often as there are requests. */
const ALWAYS = 1000;

/** One case: what goes wrong, and whether it stays until somebody does something about it. */
interface Hit {
  readonly faults: readonly FaultRequest[];
  readonly lasts: boolean;
}

/** Every request of what was asked, with every fault that it can meet: once, or from then on. */
function listHits(requests: Requests): Hit[] {
  const reads = (index: number) => requests[index]?.method === 'GET';
  const single = requests.flatMap((_, index): Hit[] => {
    const pick = <T>(all: readonly T[]) => all[index % all.length] as T;
    const once: FaultRequest[] = reads(index)
      ? [requests[index]?.operation === ARCHIVE ? pick(FAILED) : { kind: 'stale' }]
      : [pick(FAILED), pick(LOST), { ...LIMITED, kind: 'status', status: 429 }, { kind: 'duplicate' }];
    const lasting: FaultRequest[] = reads(index)
      ? [pick([...FAILED, DENIED])]
      : [pick(FAILED), pick(LOST.slice(0, 2)), DENIED];
    const hit = (fault: FaultRequest, times: number) => {
      return { faults: [{ ...fault, nth: index + 1, times }], lasts: times > 1 };
    };
    return [...once.map((fault) => hit(fault, 1)), ...lasting.map((fault) => hit(fault, ALWAYS))];
  });
  return [...listTroubledReads(requests), ...single];
}

/** The client alone repeats what only reads, each for itself: so all of them fail once in the same case. */
function listTroubledReads(requests: Requests): Hit[] {
  const kinds: readonly FaultRequest[] = [...FAILED, { ...LIMITED, kind: 'status', status: 403 }];
  return kinds.map((fault) => {
    let repeated = 0;
    const faults = requests.flatMap(({ method, operation }, index) => {
      if (method !== 'GET' || operation === ARCHIVE) return [];
      return [{ ...fault, nth: index + 1 + repeated++ }];
    });
    return { faults, lasts: false };
  });
}

export interface Ring {
  /** What is run, and run again: another attempt of the same run of a workflow. */
  act(attempt: number): Promise<{ readonly state: string }>;
  /** What is not as it must be at the end. `dispatches` were sent in this case. */
  findFlaws(dispatches: number): Promise<string[]>;
}

/**
 * Acts once undisturbed, then once under every fault of every request, each time from where the world is now. What a fault
 * that stayed has ended is run again, as a person would. Returns how many cases there were, and all that went wrong.
 */
export async function runRing(world: World, { act, findFlaws }: Ring): Promise<{ cases: number; found: string[] }> {
  const { github } = world;
  const restore = await keepMoment(world);
  const [start, earlier] = [github.requests.length, countDispatches(world)];
  await act(1);
  const hits = listHits(github.requests.slice(start));
  const found = (await findFlaws(countDispatches(world) - earlier)).map((flaw) => `undisturbed: ${flaw}`);
  for (const { faults, lasts } of hits) {
    await restore();
    const [before, sent] = [github.requests.length, countDispatches(world)];
    const added = faults.map((fault) => github.faults.add(fault));
    const told: string[] = [];
    const error = await act(1).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined && !lasts) told.push(`it failed: ${error}`);
    if (lasts && (!(error instanceof Error) || error.name !== 'UserMistake')) told.push(`it ended with ${error}`);
    if (added.some((fault) => fault.hits === 0)) told.push('a fault befell nothing');
    github.faults.clear();
    github.forget();
    // Where no write was even sent everything is as it was, and running it again is the undisturbed case.
    const wrote = github.requests.slice(before).some(({ method }) => method !== 'GET');
    if (wrote) {
      const { state } = error === undefined ? { state: 'done' } : await act(2);
      if (!['done', 'promoted', 'rolled-back'].includes(state)) told.push(`it ended as ${state}`);
      told.push(...(await findFlaws(countDispatches(world) - sent)));
    }
    found.push(...told.map((text) => `${JSON.stringify(faults[0])}: ${text}`));
  }
  return { cases: hits.length, found };
}

/** How many dispatches there were so far. */
export function countDispatches({ github }: World): number {
  return github.announced.filter(({ event }) => event === 'repository_dispatch').length;
}

/** What is not as it must be after a placing: exactly one of everything, and a dispatch at least, the same each time. */
export async function findPlacingFlaws(world: World, tag: string, events: number, sent: number): Promise<string[]> {
  const seen = await see(world);
  const placed = seen.placings.filter((one) => one.tag === tag);
  const deployed = seen.deployments.filter(({ ref }) => ref === tag);
  const told = seen.dispatches.slice(seen.dispatches.length - sent);
  const [stage, counter] = tag.split('#').slice(1);
  const own = told.filter((one) => one['stage'] === stage && one['counter'] === Number(counter));
  const live = seen.deployments.filter(
    ({ environment, states }) => environment === stage && states.at(-1) === 'success',
  );
  return [
    ...(seen.placings.length === events ? [] : [`${seen.placings.length} events, not ${events}`]),
    ...(placed.length === 1 ? [] : [`${placed.length} events of ${tag}`]),
    ...(seen.tags.filter(([name]) => name === tag).length === 1 ? [] : [`no tag ${tag}`]),
    ...(seen.tags.length === events ? [] : [`${seen.tags.length} tags, not ${events}`]),
    ...(deployed.length === 1 ? [] : [`${deployed.length} deployments of ${tag}`]),
    ...(live.length === 1 && live[0]?.ref === tag ? [] : [`successful is ${live.map(({ ref }) => ref)}`]),
    ...(own.length > 0 && own.length === told.length
      ? []
      : [`${own.length} of ${told.length} dispatches are of ${tag}`]),
    ...(new Set(own.map((one) => JSON.stringify(one))).size <= 1 ? [] : [`told otherwise each time: ${tag}`]),
  ];
}
