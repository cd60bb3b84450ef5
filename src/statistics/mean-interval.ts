import quantile from '@stdlib/stats-base-dists-t-quantile';
import type { Limits } from './limits.ts';
import type { Moments } from './moments.ts';

/**
 * Student's t interval of a mean, two-sided at `level`; undefined of fewer than two rows.
 * Source: "Student", "The probable error of a mean", Biometrika 6 (1908).
 */
export function computeMeanInterval({ n, mean, variance }: Moments, level: number): Limits | undefined {
  if (variance === undefined || n < 2) return undefined;
  const half = quantile((1 + level) / 2, n - 1) * Math.sqrt(variance / n);
  return { low: mean - half, high: mean + half };
}
