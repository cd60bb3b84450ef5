import { argsort } from '../../src/statistics/argsort.ts';

/** Rows up to which a plain sort is faster than one by digits. */
const FEW_ROWS = 3000;

/** Rows from the lowest score on. */
export function sortRows(scores: Float64Array): Uint32Array {
  if (scores.length > FEW_ROWS) return argsort(scores);
  return Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
}
