import { computeLowerTail } from './binomial-tail.ts';

/**
 * The places, from 1, of the two of n ordered values that are limits of the median of what they are drawn from: each is
 * wrong with a probability of at most `tail`, 0 < tail < 0.5. Undefined where n values are too few.
 *
 * At most l − 1 of n values lie at or below the median m with the probability P(B ≤ l − 1), B binomial with n and ½, or
 * less if several values equal m. So the largest l for which this is within the tail is the lower limit’s place, and
 * n + 1 − l is the upper one’s. No assumption is made but that the values are independent.
 * Source: H. A. David, H. N. Nagaraja, "Order Statistics" (3rd edition, 2003), section 7.1.
 */
export function computeMedianPlaces(n: number, tail: number): { low: number; high: number } | undefined {
  let holds = 0;
  let fails = Math.floor(n / 2) + 1;
  while (fails - holds > 1) {
    const place = Math.floor((holds + fails) / 2);
    if (computeLowerTail(place - 1, n, 0.5) <= tail) holds = place;
    else fails = place;
  }
  return holds === 0 ? undefined : { low: holds, high: n + 1 - holds };
}

/**
 * The median of values where the i-th of an ascending order counts `counts[order[i]]` times, whole numbers of at least 0: the
 * middle one, or the mean of the two in the middle. NaN where nothing counts.
 */
export function computeCountedMedian(values: Float64Array, order: Uint32Array, counts: Float64Array): number {
  let total = 0;
  for (const count of counts) total += count;
  let seen = 0;
  let lower = Number.NaN;
  for (const at of order) {
    seen += counts[at] ?? 0;
    if (2 * seen < total || (counts[at] ?? 0) === 0) continue;
    const value = values[at] ?? Number.NaN;
    if (!Number.isNaN(lower)) return (lower + value) / 2;
    if (2 * seen > total) return value;
    lower = value;
  }
  return Number.NaN;
}
