import { findNormalLimit } from './normal.ts';
import { computeTangoLimits, estimateOnlySecond, type PairedCounts } from './tango.ts';
import { computeDifferenceTail } from './trinomial-tail.ts';

const MAX_STEPS = 100;
/** Beyond any normal limit of a double. */
const FAR = 1e3;

/**
 * The exact probability to see `onlyFirst` exceed `onlySecond` by as much as it does, where the true difference is
 * `difference` and the share of rows that disagree is the most likely one there.
 * Source: C. Lloyd, "Exact p-values for discrete models obtained by estimation and maximization", Australian and New
 * Zealand Journal of Statistics 50 (2008): the estimation step.
 */
export function computePairedTail(counts: PairedCounts, difference: number): number {
  const second = estimateOnlySecond(counts, difference);
  return computeDifferenceTail(counts.onlyFirst - counts.onlySecond, counts.n, second + difference, second);
}

/**
 * The difference at which that probability is `tail`, at most the one that was measured. Where the first is never right
 * alone it is the limit of Clopper and Pearson. By the Illinois form of false position, over the normal scale, on
 * which the probability is nearly a straight line; it starts at Tango's limit.
 */
export function findExactLowerLimit(counts: PairedCounts, tail: number): number {
  const z = findNormalLimit(tail);
  const place = (difference: number) =>
    Math.max(-FAR, Math.min(FAR, findNormalLimit(computePairedTail(counts, difference)) - z));
  const measured = (counts.onlyFirst - counts.onlySecond) / counts.n;
  let [left, above] = [-1, FAR];
  let [right, below] = [measured, Math.min(-z, place(measured))];
  let next = computeTangoLimits(counts, tail).low;
  for (let step = 0, side = 0; step < MAX_STEPS && right - left > 1e-13; step += 1) {
    const at = next > left && next < right ? next : (left + right) / 2;
    const value = place(at);
    if (Math.abs(value) < 1e-11) return at;
    if (value > 0) {
      [left, above] = [at, value];
      if (side > 0) below /= 2;
      side = 1;
    } else {
      [right, below] = [at, value];
      if (side < 0) above /= 2;
      side = -1;
    }
    next = (left * below - right * above) / (below - above);
  }
  return left;
}
