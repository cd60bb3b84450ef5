import { computeMeanInterval } from '../statistics/mean-interval.ts';
import { computeMoments, computeSquaredDeviations } from '../statistics/moments.ts';
import { computeMean } from './calibration.ts';
import { LEVEL, type Measured, withInterval } from './measured.ts';
import type { ErrorSums } from './tally.ts';

/** One of `mae`, `rmse` and `r2`. */
export function computeErrorMetric(name: string, sums: ErrorSums | undefined): Measured {
  if (!sums) return { reason: 'there are no rows' };
  if (name === 'mae') return computeMean(sums.absolute);
  return name === 'rmse' ? computeRootMeanSquare(sums) : computeDetermination(sums);
}

/** The interval is the t interval of the mean squared error, under the root. */
function computeRootMeanSquare({ squared }: ErrorSums): Measured {
  const moments = computeMoments(squared);
  if (!moments) return { reason: 'there are no rows' };
  if (!Number.isFinite(moments.mean)) return { reason: 'the errors are too large to be squared' };
  const limits = moments.variance ? computeMeanInterval(moments, LEVEL) : undefined;
  const roots = limits && { low: Math.sqrt(Math.max(0, limits.low)), high: Math.sqrt(limits.high) };
  return { value: Math.sqrt(moments.mean), ...withInterval(roots, 'Student t of the squared errors') };
}

/** The share of the variance that is explained: of labels that do not vary there is none to explain. */
function computeDetermination({ squared, truth }: ErrorSums): Measured {
  const all = computeSquaredDeviations(truth);
  if (all === 0) return { reason: 'the labels do not vary, so no variance can be explained' };
  const moments = computeMoments(squared);
  const value = moments ? 1 - (moments.mean * moments.n) / all : Number.NaN;
  return Number.isFinite(value) ? { value } : { reason: 'the errors are too large to be squared' };
}
