/** Binary digits behind the point of a fixed-point sum. */
export const FRACTION_BITS = 60;

/**
 * Sums of x/scale and of (x/scale)² over n rows, in fixed point: whole multiples of 2^−60.
 * Whole numbers add up to the same sum in any order, which doubles do not.
 */
export interface FixedSums {
  readonly n: number;
  readonly sum: bigint;
  readonly squares: bigint;
  /** A power of two. */
  readonly scale: number;
}

/** Rows, their mean, and their variance with n − 1 below the line; that one undefined of a single row. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | undefined;
}

/** Mean and variance from fixed-point sums; undefined of no rows. */
export function computeMoments(sums: FixedSums): Moments | undefined {
  const { n, sum, scale } = sums;
  if (n === 0) return undefined;
  return {
    n,
    mean: (Number(sum) / n) * 2 ** -FRACTION_BITS * scale,
    variance: n > 1 ? computeSquaredDeviations(sums) / (n - 1) : undefined,
  };
}

/** The sum of squared deviations from the mean. The subtraction that cancels digits in doubles is exact here. */
export function computeSquaredDeviations({ n, sum, squares, scale }: FixedSums): number {
  if (n === 0) return 0;
  const exact = BigInt(n) * (squares << BigInt(FRACTION_BITS)) - sum * sum;
  return exact <= 0n ? 0 : (Number(exact) / n) * 2 ** (-2 * FRACTION_BITS) * scale * scale;
}
