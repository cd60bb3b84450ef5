import { computeNormalTail } from '../../src/statistics/normal.ts';
import { createRandom } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { pickCombinations } from './combinations.ts';
import { drawRanked, listRankedCells } from './ranked.ts';

const SEED = 1988;
/** How far apart the two classes score on average: the candidate, and the better baseline; areas of 0.86 and of 0.98. */
const SHIFTS = [
  [1.5, 1.6],
  [2.8, 2.9],
] as const;

/**
 * `min` on an area under the ROC curve and `max-drop` on the same rows, by samples of normal scores, whose area is known. At
 * each size each prevalence is tried with one of the shifts.
 */
export async function* listAreaCells(
  sizes: readonly number[],
  prevalences: readonly number[],
  trials: number,
): AsyncGenerator<Cell> {
  for (const [place, n] of sizes.entries()) {
    for (const [prevalence, shifts] of pickCombinations(prevalences, SHIFTS, place)) {
      const [own, other] = [computeArea(shifts[0]), computeArea(shifts[1])];
      const random = createRandom(SEED);
      const setting = `n ${n}, prevalence ${prevalence}, area ${own.toFixed(2)}`;
      yield* await listRankedCells('ROC AUC', [own, other], { setting, seed: SEED, trials }, () =>
        drawRanked(random, 'roc-auc', n, prevalence, shifts),
      );
    }
  }
}

function computeArea(shift: number): number {
  return computeNormalTail(-shift / Math.SQRT2);
}
