import type { Limits } from './limits.ts';
import { findNormalLimit } from './normal.ts';

/**
 * The score limits of a proportion, of one or more trials: the roots p of (x − np)² = z² · np(1 − p). They never leave
 * [0, 1], and touch its ends only when all trials agree.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function computeWilsonLimits(successes: number, trials: number, tail: number): Limits {
  const square = findNormalLimit(tail) ** 2;
  if (square === Number.POSITIVE_INFINITY) return { low: 0, high: 1 };
  const both = 2 * successes + square;
  const root = Math.sqrt(square * (square + (4 * successes * (trials - successes)) / trials));
  return {
    low: successes === 0 ? 0 : (2 * successes * (successes / trials)) / (both + root),
    high: successes === trials ? 1 : (both + root) / (2 * (trials + square)),
  };
}
