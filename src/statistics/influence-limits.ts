import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { EstimatedVariance } from './influence.ts';
import type { Limits, NoLimits } from './limits.ts';
import { moveLimits } from './skewed-t.ts';

/** Units that must matter, at least: of fewer, a variance says next to nothing. */
const MIN_EFFECTIVE = 5;

/**
 * Limits of a statistic that is close to normal, by Student’s t with the degrees of freedom of its variance. With few units
 * that matter there are none: a sign test finds n that all point one way only where 2^−n is under the tail.
 */
export function limitDifference(centre: number, spread: EstimatedVariance, tail: number): Limits | NoLimits {
  const half = findHalf(spread, tail);
  return typeof half === 'number' ? { low: centre - half, high: centre + half } : half;
}

/**
 * Limits of a statistic between 0 and 1, taken on the scale of its log-odds, on which it is closer to normal near the ends.
 * Where Hall's correction for skewness leads further out it stands instead: of areas close to 1 most rows say the same, and a
 * sample without the few that do not finds a variance that is too small. `surest` is the highest lower
 * limit that it may have, and one less it the lowest upper one.
 * Sources: G. Qin, L. Hotilovac, "Comparison of non-parametric confidence intervals for the area under the ROC curve of a
 * continuous-scale diagnostic test", Statistical Methods in Medical Research 17 (2008), with Student’s t; of the correction,
 * see `computeSkewedLimits`.
 */
export function limitShare(centre: number, spread: EstimatedVariance, tail: number, surest = 1): Limits | NoLimits {
  const half = findHalf(spread, tail);
  if (typeof half !== 'number') return half;
  if (!(centre > 0 && centre < 1)) return { reason: 'it lies at the end of its range' };
  const odds = Math.log(centre / (1 - centre));
  const distance = half / (centre * (1 - centre));
  const root = Math.sqrt(spread.units);
  const mean = { n: spread.units, mean: centre, deviation: Math.sqrt(spread.variance) * root };
  const t = half / Math.sqrt(spread.variance);
  const [low, high] = [1 / (1 + Math.exp(distance - odds)), 1 / (1 + Math.exp(-distance - odds))];
  const moved = moveLimits(mean, spread.skewness * root, t);
  return {
    low: Math.max(0, Math.min(spread.skewness < 0 ? Math.min(low, moved.low) : low, surest)),
    high: Math.min(1, Math.max(spread.skewness > 0 ? Math.max(high, moved.high) : high, 1 - surest)),
  };
}

/** Why so few rows of a class leave a tail open: of n rows that all point one way a sign test finds as much. */
export function findRareness(rows: number, tail: number): NoLimits | undefined {
  const least = Math.ceil(Math.max(MIN_EFFECTIVE, -Math.log2(tail)));
  if (rows >= least) return undefined;
  return { reason: `a class has ${rows} ${rows === 1 ? 'row' : 'rows'}, and limits at this error need ${least}` };
}

function findHalf({ variance, effective, freedom }: EstimatedVariance, tail: number): number | NoLimits {
  if (!(variance > 0 && variance < Number.POSITIVE_INFINITY)) return { reason: 'its rows do not vary' };
  if (effective < Math.max(MIN_EFFECTIVE, -Math.log2(tail))) return { reason: 'too few of the rows matter to it' };
  const half = -tQuantile(tail, freedom) * Math.sqrt(variance);
  return Number.isFinite(half) ? half : { reason: 'too few of the rows matter to it' };
}
