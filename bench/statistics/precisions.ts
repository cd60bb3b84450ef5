import { computeNormalTail } from '../../src/statistics/normal.ts';
import { createRandom } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { drawRanked, listRankedCells } from './ranked.ts';

const SEED = 1986;
const SHIFTS = [1.5, 1.6] as const;
const STEPS = 4000;

/** Rows, and the share of the class. */
export type PrecisionGrid = readonly (readonly [rows: number, prevalence: number])[];

/** `min` on average precision and `max-drop` on the same rows, by samples of normal scores. */
export async function* listPrecisionCells(grid: PrecisionGrid, trials: number): AsyncGenerator<Cell> {
  for (const [n, prevalence] of grid) {
    const [own, other] = [computePrecision(SHIFTS[0], prevalence), computePrecision(SHIFTS[1], prevalence)];
    const random = createRandom(SEED);
    const setting = `n ${n}, prevalence ${prevalence}`;
    yield* await listRankedCells('average precision', [own, other], { setting, seed: SEED, trials }, () =>
      drawRanked(random, 'average-precision', n, prevalence, SHIFTS),
    );
  }
}

/** The mean precision at the scores of the class, whose scores are normal and `shift` above those of the others. */
function computePrecision(shift: number, prevalence: number): number {
  let [sum, mass] = [0, 0];
  for (let step = 0; step < STEPS; step += 1) {
    const z = (16 * (step + 0.5)) / STEPS - 8;
    const density = Math.exp((-z * z) / 2);
    const hits = prevalence * computeNormalTail(z);
    sum += (density * hits) / (hits + (1 - prevalence) * computeNormalTail(z + shift));
    mass += density;
  }
  return sum / mass;
}
