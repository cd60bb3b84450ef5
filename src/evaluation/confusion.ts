import type { Cell } from './tally.ts';

/** Row totals of a confusion matrix, by class: rows of the class, rows given the class, and rows right about it. */
export interface Margins {
  readonly n: number;
  readonly truths: Float64Array;
  readonly predictions: Float64Array;
  readonly hits: Float64Array;
}

/** `counts` stands in for the cells' own counts, in their order. */
export function sumMargins(cells: readonly Cell[], counts: ArrayLike<number>, classes: number): Margins {
  const truths = new Float64Array(classes);
  const predictions = new Float64Array(classes);
  const hits = new Float64Array(classes);
  let n = 0;
  for (const [at, { truth, predicted }] of cells.entries()) {
    const count = counts[at] ?? 0;
    n += count;
    truths[truth] = (truths[truth] ?? 0) + count;
    predictions[predicted] = (predictions[predicted] ?? 0) + count;
    if (truth === predicted) hits[truth] = (hits[truth] ?? 0) + count;
  }
  return { n, truths, predictions, hits };
}

/** The cells as a square of counts: rows are true classes. */
export function arrangeConfusion(cells: readonly Cell[], classes: number): number[][] {
  const square = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted, count } of cells) {
    const row = square[truth];
    if (row) row[predicted] = (row[predicted] ?? 0) + count;
  }
  return square;
}
