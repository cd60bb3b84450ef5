import { Flow, type FlowOptions, type Hit } from './flow.ts';
import { describeHit } from './hits.ts';
import { findDifference, type Seen, see } from './state.ts';
import type { World } from './world.ts';

/** The check that a merge depends on. */
const AGGREGATE = 'modelgate';
/** The requests that make something anew. */
const CREATES = ['issues/create-comment', 'checks/create'];

/** What a flow without faults came to. */
export interface Clean {
  readonly seen: Seen;
  readonly created: readonly number[];
}

/** What is wrong of a state that may be on its way: whatever happens, nothing reads as green that is not, or not yet. */
export function findUntruth(seen: Seen, clean: Seen): string | undefined {
  const green = seen.checks.filter(({ conclusion }) => conclusion === 'success').map(({ name }) => name);
  const wrong = green.find((name) => !clean.checks.some((one) => one.name === name && one.conclusion === 'success'));
  if (wrong !== undefined) return `${wrong} is green`;
  return green.includes(AGGREGATE) ? findDifference(seen, clean, { twins: true, leftovers: true }) : undefined;
}

/** How many comments and checks the server made, whether anybody heard of it or not; what the network doubled counts once. */
function countCreated(flow: Flow, hit?: Hit): number[] {
  const unheard = hit?.faults.find(({ when, kind }) => when === 'after' || kind === 'cut');
  return CREATES.map((operation) => {
    const heard = flow.asked.filter((one) => one.operation === operation && one.status === 201).length;
    return heard + (unheard?.operation === operation ? flow.struck : 0);
  });
}

/** Opens the check, judges and posts without a fault. */
export async function runClean(world: World, options: FlowOptions, prepare = reset): Promise<[Flow, Clean]> {
  await prepare(world);
  const flow = new Flow(world, options);
  await flow.open();
  await flow.report();
  return [flow, { seen: see(world), created: countCreated(flow) }];
}

const reset = async (world: World): Promise<void> => world.reset();

export interface Healing {
  /** Makes the state that the flow begins with; nothing is posted yet, without. */
  readonly prepare?: (world: World) => Promise<void>;
  /** Whether all jobs are run again after a fault that stayed, or only those that failed. */
  readonly whole?: boolean;
}

/** Opens the check, judges and posts under a fault. Returns what is not as it should be. */
export async function runHit(
  world: World,
  options: FlowOptions & { readonly hit: Hit },
  clean: Clean,
  { prepare = reset, whole = false }: Healing = {},
): Promise<readonly string[]> {
  const { hit } = options;
  const lasts = hit.faults.some(({ times = 1 }) => times > 1);
  await prepare(world);
  const flow = new Flow(world, options);
  await flow.open();
  const early = findUntruth(see(world), clean.seen);
  await flow.report();
  const twins = hit.faults.some(({ kind }) => kind === 'duplicate' || kind === 'stale');
  const mistakes = [...flow.ended.values()].flatMap(({ mistake }) => mistake?.problems ?? []);
  const found = [
    early && `before the end, ${early}`,
    findUntruth(see(world), clean.seen),
    flow.struck === 0 && 'the fault befell nothing',
    ...mistakes.map(({ found: text, fix }) => (lasts ? !fix && `no fix is told: ${text}` : `a step failed: ${text}`)),
  ];
  if (flow.failed && lasts) await (whole ? flow.rerunAll() : flow.rerunFailed());
  found.push(
    findDifference(see(world), clean.seen, { twins, leftovers: lasts }),
    String(countCreated(flow, hit)) !== String(clean.created) && !twins && `created: ${countCreated(flow, hit)}`,
  );
  return found.filter((one) => typeof one === 'string').map((one) => `${describeHit(hit)}: ${one}`);
}
