import { computeNormalTail } from '../../src/statistics/normal.ts';
import { createRandom } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { drawRanked, listRankedCells, type RankedSample } from './ranked.ts';

const SEED = 1988;
/** How far apart the two classes score on average: the candidate, and the better baseline; areas of 0.86 and of 0.98. */
const SHIFTS = [
  [1.5, 1.6],
  [2.8, 2.9],
] as const;

/** `min` on an area under the ROC curve and `max-drop` on the same rows, by samples of normal scores, whose area is known. */
export async function* listAreaCells(
  sizes: readonly number[],
  prevalences: readonly number[],
  countTrials: (rows: number) => number,
): AsyncGenerator<Cell> {
  for (const n of sizes) {
    for (const prevalence of prevalences) {
      for (const shifts of SHIFTS) {
        const [area = Number.NaN, other = Number.NaN] = shifts.map((shift) => computeNormalTail(-shift / Math.SQRT2));
        const random = createRandom(SEED);
        const samples: RankedSample[] = [];
        for (let trial = 0; trial < countTrials(n); trial += 1) {
          samples.push(await drawRanked(random, 'roc-auc', n, prevalence, shifts));
        }
        const setting = `n ${n}, prevalence ${prevalence}, area ${area.toFixed(2)}`;
        const lines = [area, area - other] as const;
        yield* listRankedCells('ROC AUC', lines, { setting, seed: SEED, trials: samples.length }, samples);
      }
    }
  }
}
