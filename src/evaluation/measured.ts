import type { Interval } from '../evidence/schema/evaluation.ts';
import type { Limits } from '../statistics/limits.ts';

/** The level of every interval in the evidence. */
export const LEVEL = 0.95;
/** Resamples of a bootstrap: the standard error of a limit is then about 1.5 % of the width of a 95 % interval. */
const RESAMPLES = 2000;
/** Constant, so that the same counts give the same bytes. */
const SEED = 20_261_122;
export const BOOTSTRAP = { level: LEVEL, resamples: RESAMPLES, seed: SEED };
export const BOOTSTRAP_METHOD = `multinomial bootstrap, ${RESAMPLES} resamples`;

/** A number, or why there is none. `n` is there when it rests on other rows than those of the tally. */
export type Measured =
  | { readonly value: number; readonly interval?: Interval; readonly n?: number }
  | { readonly reason: string; readonly n?: number };

/** Adds level and method to limits; nothing to no limits. Spread into a `Measured`. */
export function withInterval(limits: Limits | undefined, method: string): { interval?: Interval } {
  return limits ? { interval: { low: limits.low, high: limits.high, level: LEVEL, method } } : {};
}
