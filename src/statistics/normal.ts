import cdf from '@stdlib/stats-base-dists-normal-cdf';

/** Steps of Newton's method. It converges quadratically from a start within a few percent. */
const MAX_STEPS = 50;

/** P(Z > z) of the standard normal distribution. Keeps its digits in the upper tail, down to 1e−308 (z = 37.5). */
export function computeNormalTail(z: number): number {
  return cdf(-z, 0, 1);
}

/**
 * The z with P(Z > z) = `tail`, for 0 ≤ tail ≤ 1: positive below a half, Infinity for 0.
 * A quantile function that takes the probability as 2p − 1 loses all digits below 1e−16, so this one solves
 * ln P(Z > z) = ln tail. That is concave in z, and the start lies above the root, so that the first step cannot overshoot far.
 * Source of the start: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.22.
 */
export function findNormalLimit(tail: number): number {
  if (!(tail >= 0 && tail <= 1)) throw new Error(`${tail} is no probability`);
  if (tail > 0.5) return -findNormalLimit(1 - tail);
  if (tail === 0) return Number.POSITIVE_INFINITY;
  if (tail === 0.5) return 0;
  const wanted = Math.log(tail);
  const t = Math.sqrt(-2 * wanted);
  let z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const found = computeNormalTail(z);
    const slope = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / found;
    const change = (Math.log(found) - wanted) / slope;
    z += change;
    if (Math.abs(change) <= 1e-15 * Math.abs(z)) break;
  }
  return z;
}
