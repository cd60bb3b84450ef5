import { computeStabilityIndex } from './distribution-distance.ts';

/** What a share of zero counts as, unless the other shares are about as small. */
const LEAST_SHARE = 1e-4;

/**
 * The population stability index of two samples of counts over the same bins, with a finite number for a bin that one of
 * them lacks: a share of zero counts as 0.0001, or where the least other share of that sample is no greater, as a
 * millionth of that. The rule is Evidently’s (legacy/calculations/stattests/psi.py).
 */
export function computePopulationStability(first: readonly number[], second: readonly number[]): number {
  const bins = first.map((count, bin) => [count, second[bin] ?? 0] as const).filter(([a, b]) => a + b > 0);
  return computeStabilityIndex(fillShares(bins.map(([count]) => count)), fillShares(bins.map(([, count]) => count)));
}

function fillShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new Error('the index needs a value in each sample');
  const shares = counts.map((count) => count / total);
  const least = shares.filter((share) => share > 0).reduce((a, b) => Math.min(a, b), 1);
  const filled = least <= LEAST_SHARE ? least / 1e6 : LEAST_SHARE;
  return shares.map((share) => (share === 0 ? filled : share));
}
