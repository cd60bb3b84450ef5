import type { Kind } from '../../src/evaluation/counted/part.ts';
import type { Cell } from './cell.ts';
import { describeTable, listRules } from './counted.ts';
import { drawPart } from './multinomial-draws.ts';
import { listSampledCells } from './sampled.ts';

const SEED = 1979;
/** Of the baseline; its precision is the same. */
const RECALL = 0.8;

export interface Grid {
  readonly sizes: readonly number[];
  readonly prevalences: readonly number[];
  readonly disagreements: readonly number[];
  readonly countTrials: (rows: number) => number;
}

/** Which share of the disagreements the candidate gets right, and the rules that are tried there. */
export const DROPS = [
  { better: 0.5, names: ['max-drop 0'] },
  { better: 0.25, names: ['max-drop', 'within'] },
] as const;
export const GAINS = [
  { better: 0.75, names: ['min-gain'] },
  { better: 0.25, names: ['max-drop in %'] },
] as const;
type Cases = typeof DROPS | typeof GAINS;

/**
 * Rules on F1 on the same rows, by samples and the bootstrap. On the line both are equally good, or one is right alone three
 * times as often as the other and the line is what that comes to.
 */
export function* listF1Cells(grid: Grid, cases: Cases): Generator<Cell> {
  const { sizes, prevalences, disagreements, countTrials } = grid;
  const table = describeTable(['no', 'yes']);
  const request = { name: 'f1', positive: 'yes' };
  for (const n of sizes) {
    for (const prevalence of prevalences) {
      for (const disagreement of disagreements) {
        for (const { better, names } of cases) {
          const kinds = listPairedKinds(prevalence, disagreement, better);
          const scenery = { request, table, truth: kinds };
          yield* listSampledCells({
            name: 'paired F1',
            setting: `n ${n}, prevalence ${prevalence}, d ${disagreement}`,
            scenery,
            rules: listRules(scenery, false).filter(({ name }) => names.some((known) => known === name)),
            trials: countTrials(n),
            seed: SEED,
            draw: (random) => drawPart(random, kinds, n),
          });
        }
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
