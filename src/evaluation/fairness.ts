import { bootstrapCounts } from '../statistics/multinomial-bootstrap.ts';
import { BOOTSTRAP, BOOTSTRAP_METHOD, type Measured, withInterval } from './measured.ts';

/** One group: its rows, and how many of them are predicted to be of the positive class. */
interface GroupSelection {
  readonly n: number;
  readonly selected: number;
}

/**
 * The largest less the smallest share of positive predictions among the groups; `n` is the smallest group's.
 * Source: demographic_parity_difference of fairlearn, with `method="between_groups"`.
 */
export function computeParityDifference(groups: readonly GroupSelection[], column: string): Measured {
  const n = groups.length === 0 ? 0 : Math.min(...groups.map((group) => group.n));
  if (groups.length < 2) {
    const found = groups.length === 1 ? '1 group' : 'no groups';
    return { reason: `\`${column}\` has ${found}, and a difference needs two`, n };
  }
  const counts = groups.flatMap((group) => [group.selected, group.n - group.selected]);
  const [limits] = bootstrapCounts(counts, (resample) => [computeSpread(resample)], BOOTSTRAP);
  const found = limits && !('reason' in limits) ? limits : undefined;
  return { value: computeSpread(counts), n, ...withInterval(found, BOOTSTRAP_METHOD) };
}

/** Counts alternate: selected, then not. NaN when a group has no rows. */
function computeSpread(counts: ArrayLike<number>): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < counts.length; at += 2) {
    const selected = counts[at] ?? 0;
    const share = selected / (selected + (counts[at + 1] ?? 0));
    if (Number.isNaN(share)) return Number.NaN;
    low = Math.min(low, share);
    high = Math.max(high, share);
  }
  return high - low;
}
