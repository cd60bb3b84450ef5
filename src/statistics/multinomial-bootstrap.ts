import { drawBinomial } from './binomial-sampler.ts';
import type { Limits, NoLimits } from './limits.ts';
import { createRandom, type Random } from './random.ts';

/** At most this share of the resamples may leave a statistic undefined. */
const MAX_UNDEFINED_SHARE = 0.05;

export interface BootstrapOptions {
  /** Two-sided, between 0 and 1. */
  readonly level: number;
  readonly resamples: number;
  /** A whole number. The same seed gives the same limits. */
  readonly seed: number;
}

/**
 * Percentile intervals of statistics that depend on counts of rows only. Resampling rows with replacement draws the
 * counts from a multinomial distribution, so nothing of the size of the rows is touched.
 * `compute` gives every statistic of one resample, NaN where it is not defined; an answer stands at the same place.
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979).
 */
export function bootstrapCounts(
  counts: readonly number[],
  compute: (counts: Float64Array) => readonly number[],
  options: BootstrapOptions,
): (Limits | NoLimits)[] {
  const random = createRandom(options.seed);
  const resample = new Float64Array(counts.length);
  const draws: Float64Array[] = [];
  for (let turn = 0; turn < options.resamples; turn += 1) {
    drawMultinomial(random, counts, resample);
    for (const [at, value] of compute(resample).entries()) {
      draws[at] ??= new Float64Array(options.resamples);
      draws[at][turn] = value;
    }
  }
  return draws.map((values) => limit(values, options.level));
}

/** Draws counts with the same total: each cell takes its binomial part of what the cells before it left. */
function drawMultinomial(random: Random, counts: readonly number[], into: Float64Array): void {
  let weight = counts.reduce((sum, count) => sum + count, 0);
  let left = weight;
  for (const [cell, count] of counts.entries()) {
    const drawn = left === 0 ? 0 : drawBinomial(random, left, count / weight);
    into[cell] = drawn;
    left -= drawn;
    weight -= count;
  }
}

function limit(draws: Float64Array, level: number): Limits | NoLimits {
  const values = draws.filter((value) => !Number.isNaN(value)).sort();
  const lost = draws.length - values.length;
  if (values.length === 0 || lost > MAX_UNDEFINED_SHARE * draws.length) {
    return { reason: `${lost} of ${draws.length} resamples leave it undefined` };
  }
  if (values[0] === values.at(-1)) return { reason: 'the resamples do not vary' };
  return { low: findQuantile(values, (1 - level) / 2), high: findQuantile(values, (1 + level) / 2) };
}

/** Linear between neighbours: type 7 of Hyndman and Fan, American Statistician 50 (1996). */
function findQuantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (place - Math.floor(place)) * (above - below);
}
