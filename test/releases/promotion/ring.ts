import { see } from '../../registry/promotion/seen.ts';
import type { World } from '../../registry/promotion/world.ts';
import type { FaultRequest } from '../../support/github/faults.ts';

const LIMITED = { message: 'You have exceeded a secondary rate limit.', headers: { 'retry-after': '1' } };
const WHEN = ['before', 'after'] as const;

/** What can befall a request that writes. */
const WRITES: readonly FaultRequest[] = [
  ...WHEN.flatMap((when) => [500, 502].map((status) => ({ kind: 'status', when, status }) as const)),
  ...WHEN.map((when) => ({ kind: 'drop', when }) as const),
  { kind: 'cut' },
  { kind: 'status', status: 429, ...LIMITED },
  { kind: 'duplicate' },
];
/** What can befall one that reads; repeating those is the client's, and shown there. */
const READS: readonly FaultRequest[] = [
  { kind: 'status', status: 502 },
  { kind: 'drop' },
  { kind: 'status', status: 403, ...LIMITED },
  { kind: 'stale' },
];
/** What does not pass by itself. */
const LASTING: readonly FaultRequest[] = [
  { kind: 'status', when: 'before', status: 502 },
  { kind: 'status', when: 'after', status: 502 },
  { kind: 'drop', when: 'after' },
  { kind: 'status', status: 403, message: 'Resource not accessible by integration' },
];

export interface Hit {
  readonly fault: FaultRequest;
  /** Whether it stays until somebody does something about it. */
  readonly lasts: boolean;
}

/** Every request of what was asked, with every fault that it can meet. */
export function listHits(requests: World['github']['requests']): Hit[] {
  return requests.flatMap(({ method, operation }, index) => {
    const nth = index + 1;
    const reads = method === 'GET' || operation === 'graphql';
    const once = (reads ? READS : WRITES).map((fault) => ({ fault: { ...fault, nth }, lasts: false }));
    const lasting = LASTING.filter(({ when }) => !(reads && when === 'after'));
    return [...once, ...lasting.map((fault) => ({ fault: { ...fault, nth, times: 1000 }, lasts: true }))];
  });
}

/** Acts under a fault, and again as a person would after one that stayed. Returns what went wrong that should not have. */
export async function actUnder(
  { github }: World,
  { fault, lasts }: Hit,
  act: (attempt: number) => Promise<{ readonly state: string }>,
): Promise<string[]> {
  const added = github.faults.add(fault);
  const told: string[] = [];
  const failed = await act(1).then(
    () => false,
    (error: unknown) => {
      if (!lasts || !(error instanceof Error) || error.name !== 'UserMistake') told.push(`it failed: ${error}`);
      return true;
    },
  );
  if (added.hits === 0) told.push('the fault befell nothing');
  github.faults.clear();
  github.forget();
  const { state } = failed || lasts ? await act(2) : { state: 'done' };
  if (!['done', 'promoted', 'rolled-back'].includes(state)) told.push(`it ended as ${state}`);
  return told.map((text) => `${JSON.stringify(fault)}: ${text}`);
}

/** What is not as it must be after a placing of the counter: exactly one of everything, and a dispatch at least. */
export async function findFlaws(world: World, tag: string, events: number): Promise<string[]> {
  const seen = await see(world);
  const placed = seen.placings.filter((one) => one.tag === tag);
  const deployed = seen.deployments.filter(({ ref }) => ref === tag);
  const [stage, counter] = tag.split('#').slice(1);
  const told = seen.dispatches.filter((one) => one['stage'] === stage && one['counter'] === Number(counter));
  return [
    ...(seen.placings.length === events ? [] : [`${seen.placings.length} events, not ${events}`]),
    ...(placed.length === 1 ? [] : [`${placed.length} events of ${tag}`]),
    ...(seen.tags.filter(([name]) => name === tag).length === 1 ? [] : [`no tag ${tag}`]),
    ...(deployed.length === 1 ? [] : [`${deployed.length} deployments of ${tag}`]),
    ...(deployed[0]?.states.at(-1) === 'success' ? [] : [`the deployment of ${tag} is ${deployed[0]?.states}`]),
    ...(told.length > 0 ? [] : [`nobody was told of ${tag}`]),
    ...(new Set(told.map((one) => JSON.stringify(one))).size === 1 ? [] : [`told otherwise each time: ${tag}`]),
  ];
}
