import { Cancellation } from '../run/cancellation.ts';
import type { JobOutcome, Result } from '../run/result.ts';
import type { Leg, Strategy } from './matrix.ts';

/** How a leg ended. */
export interface LegOutcome extends JobOutcome {
  /** It may fail without failing its job: `continue-on-error`. */
  readonly tolerated: boolean;
}

/**
 * Runs the legs of a job, at most `max-parallel` at a time. With fail-fast a failed leg cancels the others. Of the legs
 * that set an output, the last one to end gives its value.
 */
export async function runLegs(
  { legs, failFast, maxParallel }: Strategy,
  start: (leg: Leg, index: number, cancellation: Cancellation) => Promise<LegOutcome>,
): Promise<JobOutcome> {
  const all = legs.map((leg) => ({ leg, cancellation: new Cancellation() }));
  const queue = [...all.entries()];
  const results: Result[] = [];
  const outputs: Record<string, string> = {};
  let fresh = false;
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, { leg, cancellation }] = next;
      const outcome = await start(leg, index, cancellation);
      fresh ||= outcome.fresh;
      results.push(outcome.tolerated && outcome.result === 'failure' ? 'success' : outcome.result);
      Object.assign(outputs, Object.fromEntries(Object.entries(outcome.outputs).filter(([, value]) => value !== '')));
      const cancels = failFast && outcome.result === 'failure' && !outcome.tolerated;
      if (cancels) for (const other of all) if (other.cancellation !== cancellation) other.cancellation.request();
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxParallel ?? legs.length, legs.length) }, work));
  return { result: combineResults(results), outputs, fresh };
}

/** The result of several jobs together. */
export function combineResults(results: readonly Result[]): Result {
  const worst = (['failure', 'cancelled', 'success'] as const).find((result) => results.includes(result));
  return worst ?? 'skipped';
}
