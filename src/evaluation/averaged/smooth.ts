import type { Linearised } from '../../statistics/delta-method.ts';
import { addDyadic, divideDyadic, multiplyDyadic, roundDyadic, toDyadic, ZERO } from '../../statistics/dyadic.ts';
import type { VectorSums } from '../../statistics/vector-sums.ts';
import { centreSums } from './natural-sums.ts';

/**
 * The weighted mean of Σ cᵢ · xᵢ: over the units, what they add up to by how much they count. `factors` are the cᵢ by place,
 * of which the first is for how much a unit counts.
 */
export function linearizeMean(all: VectorSums, factors: readonly number[]): Linearised {
  const { units, sums } = all;
  const total = factors.map((factor, at) => multiplyDyadic(toDyadic(factor), sums[at] ?? ZERO)).reduce(addDyadic, ZERO);
  const value = divideDyadic(total, sums[0] ?? ZERO);
  const count = roundDyadic(sums[0] ?? ZERO) / units;
  return { sums: all, value, gradient: sums.map((_, at) => ((factors[at] ?? 0) - (at === 0 ? value : 0)) / count) };
}

/** Sums whose numbers at `place` and squares at `squarePlace` are taken about their mean, which moves no variance. */
export function centreAtMean(sums: VectorSums, place: number, squarePlace: number): VectorSums {
  const centre = divideDyadic(sums.sums[place] ?? ZERO, sums.sums[0] ?? ZERO);
  return Number.isFinite(centre) ? centreSums(sums, place, squarePlace, centre) : sums;
}

/** The variance of the numbers at `place`, with n below the line, of centred sums: the mean square less the square of the mean. */
export function linearizeVariance(sums: VectorSums, place: number, squarePlace: number): Linearised {
  const select = (at: number) => sums.sums.map((_, other) => (other === at ? 1 : 0));
  const mean = linearizeMean(sums, select(place));
  const square = linearizeMean(sums, select(squarePlace));
  return {
    sums,
    value: square.value - mean.value ** 2,
    gradient: square.gradient.map((slope, at) => slope - 2 * mean.value * (mean.gradient[at] ?? 0)),
  };
}

/** a − factor · b, of the same sums. */
export function subtractSmooth(a: Linearised, b: Linearised, factor: number): Linearised {
  return {
    sums: a.sums,
    value: a.value - factor * b.value,
    gradient: a.gradient.map((slope, at) => slope - factor * (b.gradient[at] ?? 0)),
  };
}

/** a / b of the same sums, by the quotient rule in an order that does not overflow. */
export function divideSmooth(a: Linearised, b: Linearised): Linearised {
  const value = a.value / b.value;
  return {
    sums: a.sums,
    value,
    gradient: a.gradient.map((slope, at) => (slope - value * (b.gradient[at] ?? 0)) / b.value),
  };
}
