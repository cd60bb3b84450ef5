import type { Limits, NoLimits } from '../../statistics/limits.ts';
import type { Measure } from './measures.ts';
import { computeRate, type GroupCounts, type Rate } from './rates.ts';

/** Limits of a statistic by its place. */
export type LimitsOf = (at: number, tail: number) => Limits | NoLimits;

/** A group against another one, by their places. */
export interface Pair {
  readonly rate: Rate;
  readonly from: number;
  readonly to: number;
}

/** Every two groups, both ways, by every rate. */
export function listPairs({ rates }: Measure, groups: number): Pair[] {
  const places = Array.from({ length: groups }, (_, group) => group);
  return rates.flatMap((rate) =>
    places.flatMap((from) => places.filter((to) => to !== from).map((to) => ({ rate, from, to }))),
  );
}

/**
 * How far each group is from each other one, both ways, by every rate: r₁ − r₂ for a difference, −r₁ / r₂ for a ratio. The
 * largest of all is the difference, or the negative of the ratio. NaN, or infinite, where a rate is not defined or is 0.
 */
export function computePairs({ rates, kind }: Measure, groups: readonly GroupCounts[]): number[] {
  const found: number[] = [];
  for (const rate of rates) {
    const values = groups.map((group) => computeRate(rate, group));
    for (let from = 0; from < values.length; from += 1) {
      const first = values[from] as number;
      for (let to = 0; to < values.length; to += 1) {
        const second = values[to] as number;
        if (from !== to) found.push(kind === 'difference' ? first - second : -first / second);
      }
    }
  }
  return found;
}

/**
 * The same limits, each found once. A difference the other way about has the same resamples with the other sign, so that its
 * limits are known too. `pairs` are the places of each lot of `computePairs`.
 */
export function shareLimits({ kind }: Measure, pairs: readonly Pair[], limitsOf: LimitsOf): LimitsOf {
  const known = new Map<string, Limits | NoLimits>();
  const find: LimitsOf = (at, tail) => {
    const key = `${at} ${tail}`;
    const found = known.get(key) ?? limitsOf(at, tail);
    known.set(key, found);
    return found;
  };
  const places = new Map(pairs.map((pair, at) => [pair, at]));
  const mirrors = pairs.map(({ rate, from, to }) => {
    const mirror = pairs.find((other) => other.rate === rate && other.from === to && other.to === from);
    return (mirror && places.get(mirror)) ?? -1;
  });
  return (at, tail) => {
    const place = at % pairs.length;
    const mirror = mirrors[place] ?? -1;
    if (kind === 'ratio' || mirror < 0 || place < mirror) return find(at, tail);
    const found = find(at - place + mirror, tail);
    return 'reason' in found ? found : { low: -found.high, high: -found.low };
  };
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
