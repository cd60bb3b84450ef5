import type { Kind } from '../../src/evaluation/counted/part.ts';
import type { Cell } from './cell.ts';
import { pickCombinations } from './combinations.ts';
import { listRules } from './counted.ts';
import { drawPart } from './multinomial-draws.ts';
import { listSampledCells } from './sampled.ts';
import { describeClasses } from './tables.ts';

const SEED = 1979;
/** Of the baseline; its precision is the same. */
const RECALL = 0.8;

/** Which share of the disagreements the candidate gets right: as many, fewer, more. */
const BETTER = [0.5, 0.25, 0.75] as const;
/** Rows up to which each combination is tried with all of these; beyond, with one of them, as a trial takes milliseconds. */
const FEW_ROWS = 50;

export interface Grid {
  readonly sizes: readonly number[];
  readonly prevalences: readonly number[];
  readonly disagreements: readonly number[];
}

/**
 * Rules on F1 on the same rows, by samples and the bootstrap. On the line both are equally good, or one is right alone three
 * times as often as the other and the line is what that comes to. At each size each prevalence is tried with one of the
 * disagreements.
 */
export function* listF1Cells({ sizes, prevalences, disagreements }: Grid, trials: number): Generator<Cell> {
  const table = describeClasses(['no', 'yes']);
  const request = { name: 'f1', positive: 'yes' };
  for (const [place, n] of sizes.entries()) {
    const combinations = pickCombinations(prevalences, disagreements, place);
    for (const [at, [prevalence, disagreement]] of combinations.entries()) {
      for (const better of n <= FEW_ROWS ? BETTER : BETTER.slice((at + 2 * place) % 3).slice(0, 1)) {
        const kinds = listPairedKinds(prevalence, disagreement, better);
        const scenery = { request, table, truth: kinds };
        yield* listSampledCells({
          setting: `n ${n}, prevalence ${prevalence}, d ${disagreement}`,
          metrics: [{ name: 'paired F1', scenery, rules: listRules(scenery, false) }],
          trials,
          seed: SEED,
          draw: (random) => drawPart(random, kinds, n),
        });
      }
    }
  }
}

/**
 * Rows of two classes by what both answer: both right, only the candidate, only the baseline, neither. Counts are shares.
 * `better` is the share of the disagreements that the candidate gets right.
 */
export function listPairedKinds(prevalence: number, disagreement: number, better: number): Kind[] {
  const side = (truth: number, rows: number, right: number): Kind[] => {
    // Few negatives are wrong, and no more than these can be gained.
    const moved = Math.min(disagreement, 0.95 * Math.min(right / (1 - better), (1 - right) / better));
    const [gained, lost] = [moved * better, moved * (1 - better)];
    const wrong = 1 - truth;
    const answers = [
      [truth, truth],
      [truth, wrong],
      [wrong, truth],
      [wrong, wrong],
    ];
    const shares = [right - lost, gained, lost, 1 - right - gained];
    return answers.map((both, at) => ({
      entries: [{ truth, answers: both, mass: 1 }],
      count: (shares[at] ?? 0) * rows,
    }));
  };
  const wrongly = ((1 - RECALL) * prevalence) / (1 - prevalence);
  return [...side(1, prevalence, RECALL), ...side(0, 1 - prevalence, 1 - wrongly)];
}
