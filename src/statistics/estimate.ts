import type { Limits, NoLimits } from './limits.ts';

/** A number that was measured on a sample, and how sure it is. */
export interface Estimate {
  readonly value: number;
  /** The independent units that it rests on: rows, queries or clusters. */
  readonly n: number;
  /** The name of the method behind `computeLimits`. */
  readonly method: string;
  /**
   * Limits of the true value. Each of the two is wrong with a probability of `tail` at most, 0 < tail < 0.5, so that both
   * together are a two-sided interval at 1 − 2 · tail. A tail may be as small as 1e−300.
   */
  computeLimits(tail: number): Limits | NoLimits;
  /** Of a difference: the exact probability to see one as far above 0, or as far below, where there is none. */
  readonly sign?: Sign;
}

/** One-sided p-values of a test against 0. */
export interface Sign {
  readonly method: string;
  readonly above: number;
  readonly below: number;
}
