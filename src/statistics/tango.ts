import type { Limits } from './limits.ts';
import { findNormalLimit } from './normal.ts';

const MAX_STEPS = 200;

/** Rows on which two answers differ in being right: `onlyFirst` and `onlySecond` of n ≥ 1, all whole. */
export interface PairedCounts {
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly n: number;
}

/**
 * The most likely probability that only the second is right, where the difference of the two is held at `difference`.
 * Source: T. Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample
 * design", Statistics in Medicine 17 (1998), equation 11; written so that nothing cancels.
 */
export function estimateOnlySecond({ onlyFirst, onlySecond, n }: PairedCounts, difference: number): number {
  const b = -onlyFirst - onlySecond + (2 * n - onlyFirst + onlySecond) * difference;
  const c = -onlySecond * difference * (1 - difference);
  const root = Math.sqrt(Math.max(0, b * b - 8 * n * c));
  const found = b > 0 ? (-2 * c) / (b + root) : (root - b) / (4 * n);
  return Math.min((1 - difference) / 2, Math.max(found, -difference, 0));
}

/**
 * The score limits of a difference of two proportions on the same rows, first less second: the differences at which
 * the statistic (b − c − nΔ) / √(n (2 q + Δ (1 − Δ))) is ±z, q being the estimate above. Its root is bracketed and halved,
 * so that it is found without discordant rows too.
 * Source: the same, equations 10 to 12.
 */
export function computeTangoLimits(counts: PairedCounts, tail: number): Limits {
  const z = findNormalLimit(tail);
  const swapped = { ...counts, onlyFirst: counts.onlySecond, onlySecond: counts.onlyFirst };
  return { low: findLowerLimit(counts, z), high: -findLowerLimit(swapped, z) };
}

/** The statistic falls as the difference rises: above z left of the root. */
function findLowerLimit(counts: PairedCounts, z: number): number {
  const { onlyFirst, onlySecond, n } = counts;
  if (z === Number.POSITIVE_INFINITY) return -1;
  let [left, right] = [-1, (onlyFirst - onlySecond) / n];
  for (let step = 0; step < MAX_STEPS && right - left > 1e-16; step += 1) {
    const middle = (left + right) / 2;
    if (middle === left || middle === right) break;
    const spread = n * (2 * estimateOnlySecond(counts, middle) + middle * (1 - middle));
    const above = onlyFirst - onlySecond - n * middle;
    if (above > z * Math.sqrt(Math.max(0, spread))) left = middle;
    else right = middle;
  }
  return left;
}
