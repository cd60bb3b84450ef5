import { drawBinomial } from './binomial-sampler.ts';
import type { Random } from './random.ts';

/** Beyond so many cells that hold hardly a unit each, a unit at a time is the faster way: a binomial part costs as much as so many. */
const MANY_CELLS = 256;
const UNITS_OF_A_CELL = 4;

/** Fills `into` with what a resample with replacement holds of units that are alike: `counts`, drawn again. */
export type MultinomialSampler = (random: Random, into: Float64Array) => void;

/**
 * A sampler of the multinomial distribution with the total and the shares of `counts` (whole numbers of at least 0).
 * Each cell takes its binomial part of what the cells before it left; units that are all different, or of which few are alike,
 * are drawn one by one, which is faster then.
 */
export function createMultinomial(counts: readonly number[]): MultinomialSampler {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const isSparse = counts.length >= MANY_CELLS && total <= UNITS_OF_A_CELL * counts.length;
  if (isSparse || counts.every((count) => count === 1)) return drawUnits(listOwners(counts));
  const shares = computeShares(counts, total);
  return (random, into) => {
    let left = total;
    for (let cell = 0; cell < shares.length; cell += 1) {
      const share = shares[cell] as number;
      const drawn = left === 0 || share === 0 ? 0 : drawBinomial(random, left, share);
      into[cell] = drawn;
      left -= drawn;
    }
  };
}

/** The cell of each unit. */
function listOwners(counts: readonly number[]): Int32Array {
  return Int32Array.from(counts.flatMap((count, cell) => new Array<number>(count).fill(cell)));
}

function drawUnits(owners: Int32Array): MultinomialSampler {
  return (random, into) => {
    into.fill(0);
    for (let unit = 0; unit < owners.length; unit += 1) {
      const cell = owners[Math.floor(random() * owners.length)] as number;
      into[cell] = (into[cell] as number) + 1;
    }
  };
}

/** How much of the units of a cell and those after it are its own; 0 of none. */
function computeShares(counts: readonly number[], total: number): Float64Array {
  let rest = total;
  return Float64Array.from(counts, (count) => {
    const share = count === 0 ? 0 : count / rest;
    rest -= count;
    return share;
  });
}
