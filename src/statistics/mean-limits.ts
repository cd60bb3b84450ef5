import type { Limits, NoLimits } from './limits.ts';
import { computeSkewedLimits } from './skewed-t.ts';

/** Independent values: their number, mean, and variance with n − 1 below the line (undefined of a single one). */
export interface MeanOf {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | undefined;
  /** E(x − μ)³ / σ³; left out, 0. Limits of few values with long tails are only as good as this. */
  readonly skewness?: number;
}

/**
 * Student's t limits of a mean, corrected for skewness where it is known.
 * Source: "Student", "The probable error of a mean", Biometrika 6 (1908).
 */
export function computeMeanLimits({ n, mean, variance, skewness = 0 }: MeanOf, tail: number): Limits | NoLimits {
  if (n < 2 || variance === undefined) return { reason: 'a mean needs two rows for limits' };
  if (!(variance > 0)) return { reason: 'the rows do not vary' };
  return computeSkewedLimits({ n, mean, deviation: Math.sqrt(variance) }, [skewness], tail);
}
