import type { FaultRequest } from '../support/github/faults.ts';
import { type GitHub, startGitHub } from '../support/github/start.ts';

const WHEN = ['before', 'after'] as const;
const LIMITED = { message: 'You have exceeded a secondary rate limit.', headers: { 'retry-after': '1' } };

/** Everything that can befall one request. */
export const FAULTS: readonly FaultRequest[] = [
  ...WHEN.flatMap((when) => [500, 502, 503].map((status) => ({ kind: 'status', when, status }) as const)),
  ...WHEN.map((when) => ({ kind: 'drop', when }) as const),
  ...[403, 429].map((status) => ({ kind: 'status', when: 'before', status, ...LIMITED }) as const),
  { kind: 'duplicate' },
  { kind: 'stale' },
];

/** A local GitHub whose clock runs so fast that no limit is met that the ring itself does not set. */
export async function startBusyGitHub(): Promise<GitHub> {
  let time = Date.parse('2026-11-22T00:00:00Z');
  const github = await startGitHub({
    now: () => {
      time += 500;
      return new Date(time);
    },
  });
  github.limits.setHourly(1_000_000);
  return github;
}

export interface Ring {
  readonly github: GitHub;
  /** Makes a place that no request has touched. */
  prepare(): void;
  /** What is run, and run again. */
  act(): Promise<unknown>;
  /** Throws when the state is not as it should be. `twice` says that requests may have been delivered twice. */
  check(twice: boolean): void;
}

/**
 * Runs the requests once to count them, then once for every one of them and every fault that it can meet. One fault must
 * cost nothing; a fault that stays may end the run, and running it again must then lead to the same state.
 * Returns how many runs there were.
 */
export async function runFaultRing({ github, prepare, act, check }: Ring): Promise<number> {
  prepare();
  const before = github.requests.length;
  await act();
  check(false);
  const requests = github.requests.slice(before);
  let runs = 0;
  for (const [index, { method }] of requests.entries()) {
    const nth = index + 1;
    for (const fault of FAULTS) {
      if (!meets(method, fault)) continue;
      for (const times of [1, 1000]) {
        // Of those that stay, one of each kind is enough: they are all met in the same way.
        if (times > 1 && fault.kind === 'status' && fault.status !== 502) continue;
        prepare();
        github.faults.add({ ...fault, nth, times });
        const label = `request ${nth} of ${requests.length}, ${times} times ${JSON.stringify(fault)}`;
        const failure = await act().then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure !== undefined && times === 1) throw new Error(`It failed at ${label}`, { cause: failure });
        github.faults.clear();
        if (times > 1) await act();
        try {
          check(fault.kind === 'duplicate');
        } catch (error) {
          throw new Error(`The state is wrong after ${label}`, { cause: error });
        }
        runs += 1;
      }
    }
  }
  return runs;
}

/** Whether a fault is worth trying: what only reads leaves nothing behind, and only what reads can be stale. */
function meets(method: string, { kind, when }: FaultRequest): boolean {
  return method === 'GET' ? kind !== 'duplicate' && when !== 'after' : kind !== 'stale';
}
