import { addDyadic, type Dyadic, multiplyDyadic, negateDyadic, rootDyadic, toDyadic, ZERO } from './dyadic.ts';

/**
 * What n independent units add up to: for k numbers of each unit, their sums and the sums of their products. The first
 * number is how much the unit counts: 1, its weight, or the rows of a cluster. All exact, so that neither the order of the
 * units nor how they are parted changes a digit.
 */
export interface VectorSums {
  /** Units: rows, queries or clusters. */
  readonly units: number;
  readonly sums: readonly Dyadic[];
  /** Of i ≤ j, row by row: 00, 01, …, 11, 12, … */
  readonly products: readonly Dyadic[];
}

/** One number of a unit as a sum of multiples of others: `[place, factor]`. */
export type Combination = readonly (readonly [place: number, factor: Dyadic])[];

/** The sums of several disjoint sets of units together. They must be of the same numbers, and there must be one. */
export function mergeSums(parts: readonly VectorSums[]): VectorSums {
  const [first, ...others] = parts;
  if (!first) throw new Error('there is nothing to merge');
  return others.reduce(
    (all, part) => ({
      units: all.units + part.units,
      sums: all.sums.map((sum, at) => addDyadic(sum, part.sums[at] ?? ZERO)),
      products: all.products.map((product, at) => addDyadic(product, part.products[at] ?? ZERO)),
    }),
    first,
  );
}

/** The sums of other numbers of the same units, each a combination of those that were added up. */
export function combineSums(sums: VectorSums, rows: readonly Combination[]): VectorSums {
  const size = sums.sums.length;
  return {
    units: sums.units,
    sums: rows.map((row) => addAll(row.map(([at, factor]) => multiplyDyadic(factor, sums.sums[at] ?? ZERO)))),
    products: rows.flatMap((first, at) =>
      rows
        .slice(at)
        .map((second) =>
          addAll(
            first.flatMap(([i, a]) =>
              second.map(([j, b]) => multiplyDyadic(multiplyDyadic(a, b), sums.products[findPair(i, j, size)] ?? ZERO)),
            ),
          ),
        ),
    ),
  };
}

/** The place of the product of numbers i and j among the products of `size` numbers. */
export function findPair(i: number, j: number, size: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return low * size - (low * (low - 1)) / 2 + high - low;
}

/**
 * The standard error of the mean over the units of Σ gᵢ · xᵢ, that is √(s²/n) with n − 1 below the line of s². NaN of fewer
 * than two units. Infinite beyond the range of doubles.
 */
export function computeStandardError({ units, sums, products }: VectorSums, gradient: readonly number[]): number {
  if (units < 2) return Number.NaN;
  const factors = gradient.map(toDyadic);
  const size = sums.length;
  const total = addAll(factors.map((factor, at) => multiplyDyadic(factor, sums[at] ?? ZERO)));
  const squares = addAll(
    factors.flatMap((a, i) =>
      factors.map((b, j) => multiplyDyadic(multiplyDyadic(a, b), products[findPair(i, j, size)] ?? ZERO)),
    ),
  );
  // The subtraction that cancels digits in doubles is exact here.
  const deviations = addDyadic(multiplyDyadic(toDyadic(units), squares), negateDyadic(multiplyDyadic(total, total)));
  return deviations.mantissa <= 0n ? 0 : rootDyadic(deviations) / units / Math.sqrt(units - 1);
}

function addAll(terms: readonly Dyadic[]): Dyadic {
  return terms.reduce(addDyadic, ZERO);
}
