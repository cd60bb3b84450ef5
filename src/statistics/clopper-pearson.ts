import { computeBinomialDensity, computeUpperTail } from './binomial-tail.ts';
import type { Limits } from './limits.ts';
import { computeWilsonLimits } from './wilson.ts';

const MAX_STEPS = 200;

/**
 * The exact limits of a proportion, each wrong with a probability of at most `tail`, whatever the true proportion is.
 * `trials` ≥ 1, 0 ≤ `successes` ≤ `trials`, both whole.
 * Source: C. Clopper and E. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
 * Biometrika 26 (1934).
 */
export function computeClopperPearsonLimits(successes: number, trials: number, tail: number): Limits {
  return {
    low: findLowerLimit(successes, trials, tail),
    high: 1 - findLowerLimit(trials - successes, trials, tail),
  };
}

/**
 * The p at which `x` successes or more have the probability `tail`. By Newton's method on ln P(X ≥ x) over the log-odds of
 * p, from Wilson's limit; a step that leaves what is known to hold the root goes to its middle instead.
 */
function findLowerLimit(x: number, n: number, tail: number): number {
  if (x === 0 || tail <= 0) return 0;
  if (x === n) return tail ** (1 / n);
  const wanted = Math.log(tail);
  let [left, right] = [-750, Math.log(x / (n - x))];
  let odds = Math.min(right, convertToOdds(computeWilsonLimits(x, n, tail).low));
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const p = 1 / (1 + Math.exp(-odds));
    const q = 1 / (1 + Math.exp(odds));
    const found = computeUpperTail(x, n, p);
    if (found > tail) right = odds;
    else left = odds;
    const change = ((wanted - Math.log(found)) * found) / (x * q * computeBinomialDensity(x, n, p, q));
    const next = odds + change;
    if (Math.abs(change) < 1e-14 * Math.max(1, Math.abs(odds)) || left === right) break;
    odds = next > left && next < right ? next : (left + right) / 2;
  }
  return 1 / (1 + Math.exp(-odds));
}

function convertToOdds(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}
