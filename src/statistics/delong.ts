import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Limits } from './limits.ts';

/**
 * What the rows come to, as exact whole numbers. The *place* of a positive row is twice the number of negative rows
 * that score lower, plus once the number that score the same; the place of a negative row likewise among the positives.
 */
export interface PlaceSums {
  readonly positives: number;
  readonly negatives: number;
  /** The sum of the positives’ places; that of the negatives’ follows from it. */
  readonly places: bigint;
  readonly positiveSquares: bigint;
  readonly negativeSquares: bigint;
}

export interface Auc {
  readonly value: number;
  /** Undefined with fewer than two rows on either side. */
  readonly variance: number | undefined;
}

/**
 * The area under the ROC curve, ties counting half, and its variance; undefined without rows on both sides.
 * Source: E. DeLong, D. DeLong, D. Clarke-Pearson, "Comparing the areas under two or more correlated receiver
 * operating characteristic curves", Biometrics 44 (1988).
 */
export function computeAuc(sums: PlaceSums): Auc | undefined {
  const { positives, negatives, places } = sums;
  if (positives === 0 || negatives === 0) return undefined;
  const value = Number(places) / (2 * positives * negatives);
  if (positives < 2 || negatives < 2) return { value, variance: undefined };
  const negativePlaces = 2n * BigInt(positives) * BigInt(negatives) - places;
  return {
    value,
    variance:
      computeShare(positives, negatives, places, sums.positiveSquares) +
      computeShare(negatives, positives, negativePlaces, sums.negativeSquares),
  };
}

/** The variance of place / (2 · others) over the rows of one side, divided by their number. */
function computeShare(rows: number, others: number, places: bigint, squares: bigint): number {
  const deviations = BigInt(rows) * squares - places * places;
  return Number(deviations) / rows / (rows - 1) / (4 * others * others) / rows;
}

/** Normal limits of an area, cut at 0 and 1; undefined where the variance is 0 or unknown. */
export function computeAucInterval({ value, variance }: Auc, level: number): Limits | undefined {
  if (!variance) return undefined;
  const half = quantile((1 + level) / 2, 0, 1) * Math.sqrt(variance);
  return { low: Math.max(0, value - half), high: Math.min(1, value + half) };
}
