import { divideDyadic, multiplyDyadic, ZERO } from './dyadic.ts';
import { findPair, type VectorSums } from './vector-sums.ts';

/** How values lie about their mean. */
export interface Shape {
  /** Σ z³/n / (Σ z²/n)^1.5, z the distances from the mean. */
  readonly skewness: number;
  /** (Σ z²)² / Σ z⁴, from 1 to n: how many values would matter as much if all of them mattered alike. */
  readonly effective: number;
}

/**
 * The shape of the numbers at `place`, of sums about their mean that hold their squares at `squarePlace`: with x what a unit
 * adds up to, and q the sum of the squares of its rows, (Σ q)² / Σ q² units matter, and the skewness of the mean is
 * Σ x q / (Σ q · √Σ x²). Where each unit is a row, and all count alike, these are the fractions above; with weights, and over
 * clusters whose rows are independent or all alike, what is to be expected of them. Undefined where nothing varies.
 */
export function computeShape(
  { units, sums, products }: VectorSums,
  place: number,
  squarePlace: number,
): Shape | undefined {
  const find = (i: number, j: number) => products[findPair(i, j, sums.length)] ?? ZERO;
  const second = sums[squarePlace] ?? ZERO;
  const own = find(place, place);
  const third = find(place, squarePlace);
  const fourth = find(squarePlace, squarePlace);
  if (second.mantissa <= 0n || own.mantissa <= 0n || fourth.mantissa <= 0n) return undefined;
  const square = multiplyDyadic(second, second);
  const share = divideDyadic(multiplyDyadic(third, third), multiplyDyadic(square, own));
  return {
    skewness: (third.mantissa < 0n ? -1 : 1) * Math.sqrt(share * units),
    effective: divideDyadic(square, fourth),
  };
}
