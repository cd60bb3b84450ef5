import cdf from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Which shares of the resamples lie below the two limits; each from 0 to 1. */
export interface BcaShares {
  readonly low: number;
  readonly high: number;
}

/**
 * The shares of the resamples at which the bias-corrected and accelerated limits lie. `bias` is z₀, `acceleration` is a,
 * and `z` > 0 is how many standard errors an unbiased normal estimate would keep from its limit. 0 or 1 where the
 * transformation has no end there.
 * Source: T. DiCiccio, B. Efron, "Bootstrap confidence intervals", Statistical Science 11 (1996), equation 2.3.
 */
export function computeBcaShares(bias: number, acceleration: number, z: number): BcaShares {
  return { low: computeShare(bias, acceleration, -z), high: computeShare(bias, acceleration, z) };
}

/**
 * The shares of whichever limits lie further out: those above, or the percentiles that know of no bias. Where a statistic
 * is a distance, such as the sum of absolute gaps or the largest less the smallest rate, its bias comes from folding at 0
 * and not from a transformation of the normal; corrected for it, the upper limit would be far too low.
 */
export function computeOuterShares(bias: number, acceleration: number, z: number): BcaShares {
  const { low, high } = computeBcaShares(bias, acceleration, z);
  return { low: Math.min(low, cdf(-z, 0, 1)), high: Math.max(high, cdf(z, 0, 1)) };
}

function computeShare(bias: number, acceleration: number, z: number): number {
  if (!Number.isFinite(bias)) return bias < 0 ? 0 : 1;
  const moved = bias + z;
  const below = 1 - acceleration * moved;
  if (below <= 0) return moved < 0 ? 0 : 1;
  return cdf(bias + moved / below, 0, 1);
}

/**
 * The bias correction z₀: where the estimate stands among its resamples. Resamples equal to it count half, without which
 * a discrete statistic would look biased. Infinite where the estimate lies outside all of them.
 * Source: B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987), equation 4.1.
 */
export function computeBias(sorted: Float64Array, value: number): number {
  const below = countBelow(sorted, (draw) => draw < value);
  const notAbove = countBelow(sorted, (draw) => draw <= value);
  return quantile((below + notAbove) / 2 / sorted.length, 0, 1);
}

/** How many of the first values hold; those that hold come first. */
function countBelow(sorted: Float64Array, holds: (draw: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(sorted[middle] ?? Number.NaN)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** What the units do to a statistic, by the jackknife. */
export interface Influence {
  /** The acceleration a; 0 where no unit matters, NaN where leaving out one leaves the statistic undefined. */
  readonly acceleration: number;
  /** How many units would matter as much if all of them mattered alike: from 0, where none does, to all. */
  readonly effective: number;
  /** The degrees of freedom of a variance that is estimated from these units, at least 1. */
  readonly freedom: number;
}

/**
 * From the values without one unit of each cell, `counts` units giving the same value.
 * Source: of a, B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987), equation 6.6 with the jackknife's
 * influences; of the degrees of freedom, F. Satterthwaite, Biometrics Bulletin 2 (1946): 2 over the squared coefficient
 * of variation of the estimated variance, which is (kurtosis − 1) / n.
 */
export function computeInfluence(counts: readonly number[], withoutOne: ArrayLike<number>): Influence {
  let n = 0;
  let mean = 0;
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue;
    n += count;
    mean += (((withoutOne[cell] ?? Number.NaN) - mean) * count) / n;
  }
  let [squares, cubes, fourths] = [0, 0, 0];
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue;
    const influence = mean - (withoutOne[cell] ?? Number.NaN);
    squares += count * influence ** 2;
    cubes += count * influence ** 3;
    fourths += count * influence ** 4;
  }
  if (squares === 0) return { acceleration: 0, effective: 0, freedom: 1 };
  const effective = squares ** 2 / fourths;
  const freedom = Math.max(1, Math.min(n - 1, 2 / (1 / effective - 1 / n)));
  return { acceleration: cubes / (6 * squares ** 1.5), effective, freedom };
}

/**
 * How many standard errors a limit keeps: Student’s t instead of the normal, and n over n − 1, because a bootstrap of few
 * units is too narrow. Close to the normal’s where many units matter.
 * Source: T. Hesterberg, "What teachers should know about the bootstrap", American Statistician 69 (2015), the expanded
 * percentile interval.
 */
export function computeExpandedDistance(n: number, freedom: number, tail: number): number {
  return -tQuantile(tail, freedom) * Math.sqrt(n / (n - 1));
}
