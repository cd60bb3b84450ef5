import type { NoLimits } from '../../statistics/limits.ts';
import { computeProportionLimits } from '../../statistics/proportion.ts';
import { combineRatio } from '../../statistics/proportion-ratio.ts';
import { combineDifference, type LimitedShare } from '../../statistics/unpaired.ts';
import type { Measure } from './measures.ts';
import { type LimitsOf, listPairs } from './pairs.ts';
import type { GroupCounts, Rate } from './rates.ts';

/**
 * Limits of every pair of `computePairs` where each row is a unit that counts as much as any other. No row is in two groups,
 * and given how many rows of a group a rate is of, those that it counts are binomial: two rates are proportions on different
 * rows, and nothing needs to be resampled.
 */
export function createPlainLimits(measure: Measure, groups: readonly GroupCounts[]): LimitsOf {
  const pairs = listPairs(measure, groups.length);
  const known = new Map<string, LimitedShare | NoLimits>();
  const limitShare = (rate: Rate, group: number, tail: number): LimitedShare | NoLimits => {
    const key = `${measure.rates.indexOf(rate)} ${group} ${tail}`;
    const found = known.get(key) ?? computeShare(rate, groups[group], tail);
    known.set(key, found);
    return found;
  };
  return (at, tail) => {
    const pair = pairs[at];
    if (!pair) throw new Error(`there is no pair ${at}`);
    const first = limitShare(pair.rate, pair.from, tail);
    const second = limitShare(pair.rate, pair.to, tail);
    if ('reason' in first) return first;
    if ('reason' in second) return second;
    if (measure.kind === 'difference') return combineDifference(first, second);
    const { low, high } = combineRatio(first, second);
    return { low: -high, high: -low };
  };
}

function computeShare(rate: Rate, group: GroupCounts | undefined, tail: number): LimitedShare | NoLimits {
  const [counted, asked] = group ? rate.count(group) : [0, 0];
  const { limits } = computeProportionLimits(counted, asked, tail);
  return 'reason' in limits ? limits : { share: counted / asked, ...limits };
}
