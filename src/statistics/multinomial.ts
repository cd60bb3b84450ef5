import { drawBinomial } from './binomial-sampler.ts';
import type { Random } from './random.ts';

/** Fills `into` with what a resample with replacement holds of units that are alike: `counts`, drawn again. */
export type MultinomialSampler = (random: Random, into: Float64Array) => void;

/**
 * A sampler of the multinomial distribution with the total and the shares of `counts` (whole numbers of at least 0).
 * Each cell takes its binomial part of what the cells before it left; units that are all different are drawn one by one,
 * which is faster then.
 */
export function createMultinomial(counts: readonly number[]): MultinomialSampler {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.every((count) => count === 1)) {
    return (random, into) => {
      into.fill(0);
      for (let unit = 0; unit < total; unit += 1) {
        const drawn = Math.floor(random() * total);
        into[drawn] = (into[drawn] ?? 0) + 1;
      }
    };
  }
  return (random, into) => {
    let weight = total;
    let left = total;
    for (const [cell, count] of counts.entries()) {
      const drawn = left === 0 || count === 0 ? 0 : drawBinomial(random, left, count / weight);
      into[cell] = drawn;
      left -= drawn;
      weight -= count;
    }
  };
}
