import type { Limits, NoLimits } from '../../statistics/limits.ts';
import type { Measure } from './measures.ts';
import type { GroupCounts } from './rates.ts';

/** Limits of a statistic by its place. */
export type LimitsOf = (at: number, tail: number) => Limits | NoLimits;

/**
 * How far each group is from each other one, both ways, by every rate: r₁ − r₂ for a difference, −r₁ / r₂ for a ratio. The
 * largest of all is the difference, or the negative of the ratio. NaN, or infinite, where a rate is not defined or is 0.
 */
export function computePairs({ rates, kind }: Measure, groups: readonly GroupCounts[]): number[] {
  return rates.flatMap(({ compute }) => {
    const values = groups.map(compute);
    return values.flatMap((first, from) =>
      values.flatMap((second, to) => {
        if (from === to) return [];
        return [kind === 'difference' ? first - second : -first / second];
      }),
    );
  });
}

/** Of how many pairs `computePairs` speaks. */
export function countPairs({ rates }: Measure, groups: number): number {
  return rates.length * groups * (groups - 1);
}

/** Between which ends each pair lies. */
export function findPairRange({ kind }: Measure): readonly [least: number, greatest: number] {
  return kind === 'difference' ? [-1, 1] : [Number.NEGATIVE_INFINITY, 0];
}

/** The least that the largest can be: both ways of equal groups. */
export function findFloor({ kind }: Measure): number {
  return kind === 'difference' ? 0 : -1;
}

/**
 * Limits of the largest of `size` statistics, each end wrong with a probability of `tail` at most. The largest itself does
 * not vary smoothly where two are near each other, and a bootstrap of it is wrong there three times as often as it says;
 * each pair is a plain difference. The largest of their upper limits is too low only if that of the pair which is truly the
 * largest is (R. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24 (1982)). The largest
 * of their lower limits is too high if any is, so that these share the error among them (Bonferroni).
 */
export function boundLargest(limitsOf: LimitsOf, size: number, floor: number, tail: number): Limits | NoLimits {
  let [low, high] = [floor, floor];
  for (let at = 0; at < size; at += 1) {
    const own = limitsOf(at, tail);
    if ('reason' in own) return own;
    high = Math.max(high, own.high);
    const strict = limitsOf(at, tail / size);
    if (!('reason' in strict)) low = Math.max(low, strict.low);
  }
  return { low, high };
}

/**
 * Limits of the candidate's largest less `factor` times the baseline's, from three times `size` statistics: the candidate's
 * pairs, the baseline's, and the candidate's less `factor` times the baseline's. The baseline's largest is no less than its
 * value of the pair that is the candidate's largest, so that what this pair changed by is not exceeded; and so the other way.
 * Half of the error goes to which pairs may be the largest: one whose upper limit is under the floor is not.
 */
export function boundChange(limitsOf: LimitsOf, size: number, floor: number, tail: number): Limits | NoLimits {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < size; at += 1) {
    const [isCandidates, isBaselines] = [at, size + at].map((place) => {
      const own = limitsOf(place, tail / 2);
      return 'reason' in own || own.high >= floor;
    });
    if (!isCandidates && !isBaselines) continue;
    const change = limitsOf(2 * size + at, tail / 2);
    if ('reason' in change) return change;
    if (isCandidates) high = Math.max(high, change.high);
    if (isBaselines) low = Math.min(low, change.low);
  }
  return low <= high ? { low, high } : { reason: 'no two groups are the furthest apart' };
}
