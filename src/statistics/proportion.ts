import { computeLowerTail, computeUpperTail } from './binomial-tail.ts';
import { computeClopperPearsonLimits } from './clopper-pearson.ts';
import type { Limits, NoLimits } from './limits.ts';
import { computeWilsonLimits } from './wilson.ts';

/**
 * How far the exact error of Wilson's limits may be from the one that is asked for, as a share of it. At 95 % that is a
 * quarter of a percent: a third of what 10,000 simulated trials could notice.
 */
const TOLERANCE = 0.05;

/** Limits, and the name of the method that they are from. */
export interface NamedLimits {
  readonly limits: Limits | NoLimits;
  readonly method: string;
}

/**
 * Limits of a proportion, each wrong with a probability of at most 1.05 · `tail`, whatever the true proportion is:
 * Wilson's where they come within 5 % of that probability, else those of Clopper and Pearson.
 *
 * Two-sided, Wilson's interval covers well on average; one-sided it does not. Of one success in many trials, its lower
 * limit at 95 % is wrong with a probability of 20 %, and of none its upper limit at 90 % with 19 %; at errors of 1e−10 it
 * is far wider than it need be. So the exact probability decides: a lower limit L(x) is kept if P(X ≥ x) at p = L(x) is
 * `tail`, give or take 5 %. L rises with x, so where it exceeds the true p, X is at least the smallest x with L(x) > p, and
 * the probability of that is at most its probability at L(x). This bounds the error for every p and every number of
 * trials, and needs no table of sizes. With z = 1.96 it takes about 400 of n p (1 − p) to keep Wilson's.
 */
export function computeProportionLimits(successes: number, trials: number, tail: number): NamedLimits {
  if (!(trials > 0)) return { limits: { reason: 'there are no rows' }, method: 'wilson' };
  const wilson = computeWilsonLimits(successes, trials, tail);
  const agrees = (error: number) => Math.abs(error - tail) <= TOLERANCE * tail;
  const holds =
    (successes === 0 || agrees(computeUpperTail(successes, trials, wilson.low))) &&
    (successes === trials || agrees(computeLowerTail(successes, trials, wilson.high)));
  return holds
    ? { limits: wilson, method: 'wilson' }
    : { limits: computeClopperPearsonLimits(successes, trials, tail), method: 'clopper-pearson' };
}
