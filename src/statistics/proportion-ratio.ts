import type { Limits } from './limits.ts';
import type { LimitedShare } from './unpaired.ts';

/**
 * Limits of the ratio of two proportions on different rows, from 0 to infinity: those of each proportion, combined as those
 * of a difference are. Either share may be 0.
 * Source: A. Donner, G. Zou, "Closed-form confidence intervals for functions of the normal mean and standard deviation",
 * Statistical Methods in Medical Research 21 (2012), the method of variance estimates recovery for a ratio; written so that
 * nothing cancels where the second share is small.
 */
export function combineRatio(first: LimitedShare, second: LimitedShare): Limits {
  return { low: findLower(first, second), high: 1 / findLower(second, first) };
}

/** 0 where the first may be 0, which leaves the ratio the other way about without an end. */
function findLower({ share, low }: LimitedShare, other: LimitedShare): number {
  if (low === 0) return 0;
  const product = share * other.share;
  const least = low * (2 * share - low);
  return least / (product + Math.sqrt(product ** 2 - least * other.high * (2 * other.share - other.high)));
}
