import { computeMeanInterval } from '../statistics/mean-interval.ts';
import { computeMoments, type FixedSums } from '../statistics/moments.ts';
import { bootstrapCounts } from '../statistics/multinomial-bootstrap.ts';
import { BOOTSTRAP, BOOTSTRAP_METHOD, LEVEL, type Measured, withInterval } from './measured.ts';
import type { CalibrationCell } from './tally.ts';

/** A mean over rows that is never negative, with its t interval cut at 0. */
export function computeMean(sums: FixedSums | undefined): Measured {
  const moments = sums && computeMoments(sums);
  if (!moments) return { reason: 'there are no rows' };
  if (!Number.isFinite(moments.mean)) return { reason: 'the numbers are too large to be added up' };
  const limits = moments.variance ? computeMeanInterval(moments, LEVEL) : undefined;
  return {
    value: moments.mean,
    ...withInterval(limits && { low: Math.max(0, limits.low), high: limits.high }, 'Student t'),
  };
}

/**
 * The expected calibration error: over the bins of the top score, the mean distance between how often it was right and
 * how sure it was. Each cell keeps the mean score of its rows when it is resampled, which makes the interval approximate.
 * Source: C. Guo et al., "On calibration of modern neural networks", ICML (2017), equation 3.
 */
export function computeCalibrationError(cells: readonly CalibrationCell[]): Measured {
  const counts = cells.map(({ count }) => count);
  const value = computeGap(cells, counts);
  if (Number.isNaN(value)) return { reason: 'there are no rows' };
  const [limits] = bootstrapCounts(counts, (resample) => [computeGap(cells, resample)], BOOTSTRAP);
  const found = limits && !('reason' in limits) ? limits : undefined;
  return { value, ...withInterval(found, `${BOOTSTRAP_METHOD}, bins`) };
}

function computeGap(cells: readonly CalibrationCell[], counts: ArrayLike<number>): number {
  const gaps = new Map<number, number>();
  let n = 0;
  for (const [at, { bin, credit, confidence }] of cells.entries()) {
    const count = counts[at] ?? 0;
    n += count;
    gaps.set(bin, (gaps.get(bin) ?? 0) + count * (credit - confidence));
  }
  let total = 0;
  for (const gap of gaps.values()) total += Math.abs(gap);
  return total / n;
}
