import type { Limits, NoLimits } from './limits.ts';
import type { MeanOf } from './mean-limits.ts';
import { computeProportionLimits } from './proportion.ts';
import { computeSkewedLimits } from './skewed-t.ts';

/**
 * Limits of the difference x1/n1 − x2/n2 of proportions on different rows: those of each proportion, combined as if by
 * squaring and adding. Where both are Wilson's this is the hybrid score interval.
 * Source: R. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine
 * 17 (1998), method 10.
 */
export function computeNewcombeLimits(x1: number, n1: number, x2: number, n2: number, tail: number): Limits | NoLimits {
  const first = computeProportionLimits(x1, n1, tail).limits;
  const second = computeProportionLimits(x2, n2, tail).limits;
  if ('reason' in first) return first;
  if ('reason' in second) return second;
  return combineDifference({ share: x1 / n1, ...first }, { share: x2 / n2, ...second });
}

/** A proportion and its limits. */
export interface LimitedShare extends Limits {
  readonly share: number;
}

/** The same from limits that are known. */
export function combineDifference(first: LimitedShare, second: LimitedShare): Limits {
  const difference = first.share - second.share;
  return {
    low: difference - Math.hypot(first.share - first.low, second.high - second.share),
    high: difference + Math.hypot(first.high - first.share, second.share - second.low),
  };
}

/**
 * Limits of the difference of the means of different rows, without assuming that they spread alike.
 * Source: B. L. Welch, "The generalization of Student's problem when several different population variances are involved",
 * Biometrika 34 (1947); the degrees of freedom are Satterthwaite's (1946). They are moved outwards for the skewness of the
 * difference, whose third cumulant is that of the one mean less that of the other.
 */
export function computeWelchLimits(first: MeanOf, second: MeanOf, tail: number): Limits | NoLimits {
  if (first.variance === undefined || second.variance === undefined || first.n < 2 || second.n < 2) {
    return { reason: 'a mean needs two rows for limits' };
  }
  const [a, b] = [first.variance / first.n, second.variance / second.n];
  if (!(a + b > 0)) return { reason: 'the rows do not vary' };
  const degrees = (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1));
  const mean = first.mean - second.mean;
  // As if of so many values, whose t has these degrees of freedom.
  const n = degrees + 1;
  const third =
    ((first.skewness ?? 0) * a ** 1.5) / Math.sqrt(first.n) - ((second.skewness ?? 0) * b ** 1.5) / Math.sqrt(second.n);
  const skewness = (third / (a + b) ** 1.5) * Math.sqrt(n);
  return computeSkewedLimits({ n, mean, deviation: Math.sqrt((a + b) * n) }, [skewness], tail);
}
