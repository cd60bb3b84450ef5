import type { Kind } from '../../src/evaluation/counted/part.ts';
import type { Cell } from './cell.ts';
import { listRules } from './counted.ts';
import { drawPart } from './multinomial-draws.ts';
import { listSampledCells } from './sampled.ts';
import { describeClasses } from './tables.ts';

const SEED = 1960;
const METRICS = ['macro-f1', 'mcc', 'cohen-kappa', 'balanced-accuracy'] as const;
/** Of every class; wrong answers are spread evenly over the others. */
const RIGHT = 0.9;

/** Rows, the share of the third class, the share on which the models disagree, and that of these that the candidate gets right. */
export type ClassGrid = readonly (readonly [rows: number, rare: number, disagreement: number, better: 0.5 | 0.25])[];

/** Metrics of three classes, the third being rare: `min`, and the rules on the same rows. */
export function* listClassCells(grid: ClassGrid, trials: number): Generator<Cell> {
  const table = describeClasses(['a', 'b', 'c']);
  for (const [n, rare, disagreement, better] of grid) {
    const kinds = listClassKinds([0.6 - rare / 2, 0.4 - rare / 2, rare], disagreement, better);
    yield* listSampledCells({
      setting: `n ${n}, rare class ${rare}, d ${disagreement}`,
      metrics: METRICS.map((name) => {
        const scenery = { request: { name }, table, truth: kinds };
        return { name: `${name} of 3 classes`, scenery, rules: listRules(scenery, better === 0.5) };
      }),
      trials,
      seed: SEED,
      draw: (random) => drawPart(random, kinds, n),
    });
  }
}

/** Where both are wrong, they give the same answer. */
function listClassKinds(classes: readonly number[], disagreement: number, better: number): Kind[] {
  const [gained, lost] = [disagreement * better, disagreement * (1 - better)];
  return classes.flatMap((rows, truth) => {
    const others = classes.map((_, at) => at).filter((at) => at !== truth);
    const wrong = others.flatMap((answer) => [
      { answers: [truth, answer], share: gained / 2 },
      { answers: [answer, truth], share: lost / 2 },
      { answers: [answer, answer], share: (1 - RIGHT - gained) / 2 },
    ]);
    const all = [{ answers: [truth, truth], share: RIGHT - lost }, ...wrong];
    return all.map(({ answers, share }) => ({ entries: [{ truth, answers, mass: 1 }], count: share * rows }));
  });
}
