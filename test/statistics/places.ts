import type { PlaceSums } from '../../src/statistics/delong.ts';

/** The sums that DeLong's variance needs, by comparing every positive row with every negative one. */
export function sumPlaces(truth: readonly number[], scores: readonly number[]): PlaceSums {
  const of = (side: number) => scores.filter((_, row) => truth[row] === side);
  const [positives, negatives] = [of(1), of(0)];
  const place = (score: number, others: readonly number[]) =>
    others.reduce((sum, other) => sum + (score > other ? 2n : score === other ? 1n : 0n), 0n);
  const own = positives.map((score) => place(score, negatives));
  const theirs = negatives.map((score) => place(score, positives));
  const square = (places: readonly bigint[]) => places.reduce((sum, value) => sum + value * value, 0n);
  return {
    positives: positives.length,
    negatives: negatives.length,
    places: own.reduce((sum, value) => sum + value, 0n),
    positiveSquares: square(own),
    negativeSquares: square(theirs),
  };
}
