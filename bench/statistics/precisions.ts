import { computeNormalTail } from '../../src/statistics/normal.ts';
import { createRandom } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { drawRanked, listRankedCells, type RankedSample } from './ranked.ts';

const SEED = 1986;
const SHIFTS = [1.5, 1.6] as const;
const STEPS = 4000;

/** Rows, the share of the class, and samples. */
export type PrecisionGrid = readonly (readonly [rows: number, prevalence: number, trials: number])[];

/** `min` on average precision and `max-drop` on the same rows, by samples of normal scores. */
export async function* listPrecisionCells(grid: PrecisionGrid): AsyncGenerator<Cell> {
  for (const [n, prevalence, trials] of grid) {
    const [own = Number.NaN, other = Number.NaN] = SHIFTS.map((shift) => computePrecision(shift, prevalence));
    const random = createRandom(SEED);
    const samples: RankedSample[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      samples.push(await drawRanked(random, 'average-precision', n, prevalence, SHIFTS));
    }
    const setting = `n ${n}, prevalence ${prevalence}`;
    yield* listRankedCells('average precision', [own, own - other], { setting, seed: SEED, trials }, samples);
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
