import { computeBias, computeExpandedDistance, computeInfluence, computeOuterShares, type Influence } from './bca.ts';
import { createDraws, type Draws, leaveOneOut } from './bootstrap-draws.ts';
import type { Limits, NoLimits } from './limits.ts';
import { createResamples, keepResamples, type Resamples } from './resamples.ts';
import { MAX_RESAMPLES, MAX_WORK, MIN_BEYOND, RESAMPLES } from './resampling-bounds.ts';

/** At most this share of the resamples may leave a statistic undefined. */
const MAX_UNDEFINED_SHARE = 0.05;
/**
 * A limit that needs so many times the resamples of an unbiased one lies where the draws of a biased statistic hardly
 * reach, and where the correction cannot be relied on.
 */
const MAX_STRETCH = 8;
/** Cells of which each is left out once. */
const MAX_CELLS = 10_000;
/** Resamples × statistics that are kept: 80 MB. */
const MAX_KEPT = 10_000_000;
/**
 * Units that must matter, at least. Of units that all point one way, a sign test finds n only where 2^−n is under the tail;
 * no bootstrap knows more than that of units that were not seen.
 */
const MIN_EFFECTIVE = 5;
const TOO_FEW = 'too few of the rows matter to it';
/** Constant, so that the same counts give the same bytes. */
const SEED = 20_261_122;

/** What is resampled: units that are alike form a cell. */
export interface Resampling {
  /** The units of each cell: whole numbers of at least 0. A single unit, such as a cluster, is a cell with 1. */
  readonly counts: readonly number[];
  /** Every statistic of a resample, NaN where it is not defined. The array is used again after the call. */
  compute(counts: Float64Array): readonly number[];
  /**
   * By statistic, the least and the greatest value that it can have; without it there are no ends. Nothing lies beyond
   * such an end, so it stands in for a limit that the resamples do not resolve.
   */
  readonly ranges?: readonly Range[];
  /** From the first one on, those of the same counts: see `shareResamples`. Without them they are drawn from the seed. */
  readonly resamples?: Resamples;
}

type Range = readonly [least: number, greatest: number];

export interface BootstrapOptions {
  /** Resamples to start with, at least 1; a small tail takes more. */
  readonly resamples?: number;
  /** A whole number. The same seed gives the same limits. */
  readonly seed?: number;
}

export interface Bootstrap {
  /**
   * Limits of the statistic that stands at `at`, each wrong with a probability of about `tail`, 0 < tail < 0.5. The order
   * of calls makes no difference.
   */
  limits(at: number, tail: number): Limits | NoLimits;
}

/**
 * The bias-corrected and accelerated bootstrap (BCa) of statistics that depend on counts only. Resampling units with
 * replacement draws the counts from a multinomial distribution, so nothing of the size of the rows is touched. All
 * statistics share the resamples, which are drawn when limits are first asked for.
 * They are never narrower than percentiles, see `computeOuterShares`, and wider with few units that matter, see
 * `computeExpandedDistance`.
 * Source: B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987).
 */
export function createBootstrap(resampling: Resampling, options: BootstrapOptions = {}): Bootstrap {
  const { counts, ranges } = resampling;
  const start = options.resamples ?? RESAMPLES;
  const units = counts.reduce((sum, count) => sum + count, 0);
  const cells = counts.filter((count) => count > 0).length;
  const resamples = resampling.resamples ?? createResamples(counts, options.seed ?? SEED);
  const sort = createSorting(createDraws(resampling, resamples));
  let observed: readonly number[] | undefined;
  let withoutOne: readonly Float64Array[] | undefined;
  const known = new Map<string, Limits | NoLimits>();
  const compute = (at: number, tail: number): Limits | NoLimits => {
    if (cells > MAX_CELLS || cells * start > MAX_WORK) return { reason: `${cells} cells are too many to resample` };
    observed ??= [...resampling.compute(Float64Array.from(counts))];
    const value = observed[at] ?? Number.NaN;
    if (!Number.isFinite(value)) return { reason: 'it is not defined on these rows' };
    withoutOne ??= leaveOneOut(resampling);
    const influence = computeInfluence(counts, withoutOne[at] ?? []);
    const { effective, acceleration, freedom } = influence;
    // Before any resample is drawn. Where no unit matters, the draws may still say that nothing varies.
    if (effective > 0 && effective < Math.max(MIN_EFFECTIVE, -Math.log2(tail))) return { reason: TOO_FEW };
    const z = computeExpandedDistance(units, freedom, tail);
    const most = findMost(start, tail, Math.min(MAX_WORK / cells, MAX_KEPT / observed.length));
    for (let size = start; ; ) {
      const sorted = sort(at, size);
      const fault = findFault(sorted, size, influence);
      if (fault) return fault;
      const shares = computeOuterShares(computeBias(sorted, value), acceleration, z);
      const needed = [countNeeded(shares.low, tail), countNeeded(shares.high, tail)];
      const wanted = Math.max(...needed.filter((count) => count <= most));
      if (wanted > size) {
        size = Math.min(most, start * 2 ** Math.ceil(Math.log2(wanted / start)));
        continue;
      }
      const [isLow, isHigh] = needed.map((count) => count <= size);
      if (!isLow && !isHigh) return { reason: `more than ${most} resamples would be needed for so small an error` };
      const last = sorted.length - 1;
      // Rounded away from the middle.
      const low = isLow ? pick(sorted, Math.floor(shares.low * last)) : undefined;
      const high = isHigh ? pick(sorted, Math.ceil(shares.high * last)) : undefined;
      return bound(low, high, ranges?.[at]);
    }
  };
  return {
    limits(at, tail) {
      const name = `${at} ${tail}`;
      const found = known.get(name) ?? compute(at, tail);
      known.set(name, found);
      return found;
    },
  };
}

/** The resamples that a bootstrap of these counts draws of itself, for several of them to share: each call begins anew. */
export function shareResamples(counts: readonly number[]): () => Resamples {
  return keepResamples(counts, SEED);
}

/** The draws of a statistic that are defined, from the least on. Those that were asked for last are kept, as tails share them. */
function createSorting(draws: Draws): Draws {
  const known = new Map<number, { readonly size: number; readonly sorted: Float64Array }>();
  return (at, size) => {
    const last = known.get(at);
    if (last?.size === size) return last.sorted;
    const sorted = draws(at, size)
      .filter((value) => Number.isFinite(value))
      .sort();
    known.set(at, { size, sorted });
    return sorted;
  };
}

function findFault(sorted: Float64Array, size: number, { acceleration, effective }: Influence): NoLimits | undefined {
  const lost = size - sorted.length;
  if (sorted.length === 0 || lost > MAX_UNDEFINED_SHARE * size) {
    return { reason: `${lost} of ${size} resamples leave it undefined` };
  }
  if (sorted[0] === sorted.at(-1)) return { reason: 'the resamples do not vary' };
  if (!Number.isFinite(acceleration)) return { reason: 'one row more or less decides whether it is defined' };
  return effective > 0 ? undefined : { reason: TOO_FEW };
}

/** Resamples to draw at most, where no more than `room` have room. */
function findMost(start: number, tail: number, room: number): number {
  const stretched = Math.max(start, (MAX_STRETCH * MIN_BEYOND) / tail);
  return Math.floor(Math.min(MAX_RESAMPLES, room, stretched));
}

/** Resamples that a limit at a share takes. The tail itself must be resolved too: a skewed transformation may hide it. */
function countNeeded(share: number, tail: number): number {
  return Math.ceil(MIN_BEYOND / Math.min(share, 1 - share, tail));
}

/** The draw at a place; undefined at the first and at the last, beyond which the draws say nothing. */
function pick(sorted: Float64Array, place: number): number | undefined {
  const found = sorted[place];
  return found === sorted[0] || found === sorted.at(-1) ? undefined : found;
}

/** What the draws do not resolve reaches to the end of the range, if it has one. */
function bound(low: number | undefined, high: number | undefined, range: Range | undefined): Limits | NoLimits {
  const [least, greatest] = [
    low ?? range?.[0] ?? Number.NEGATIVE_INFINITY,
    high ?? range?.[1] ?? Number.POSITIVE_INFINITY,
  ];
  if ((low ?? high) === undefined || !Number.isFinite(greatest - least)) {
    return { reason: 'the resamples do not show where a limit lies' };
  }
  return { low: least, high: greatest };
}
