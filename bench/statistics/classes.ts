import type { Kind } from '../../src/evaluation/counted/part.ts';
import type { Cell } from './cell.ts';
import { describeTable, listRules } from './counted.ts';
import { drawPart } from './multinomial-draws.ts';
import type { Grid } from './paired-f1.ts';
import { listSampledCells } from './sampled.ts';

const SEED = 1960;
const METRICS = ['macro-f1', 'mcc', 'cohen-kappa', 'balanced-accuracy'] as const;
/** Of every class; wrong answers are spread evenly over the others. */
const RIGHT = 0.9;

/** Metrics of three classes, the third being as rare as `prevalences` say: `min`, and the rules on the same rows. */
export function* listClassCells({ sizes, prevalences, disagreements, countTrials }: Grid): Generator<Cell> {
  const table = describeTable(['a', 'b', 'c']);
  for (const n of sizes) {
    for (const rare of prevalences) {
      for (const disagreement of disagreements) {
        for (const [name, better] of METRICS.flatMap((metric) => [[metric, 0.5] as const, [metric, 0.25] as const])) {
          const kinds = listClassKinds([0.6 - rare / 2, 0.4 - rare / 2, rare], disagreement, better);
          const scenery = { request: { name }, table, truth: kinds };
          yield* listSampledCells({
            name: `${name} of 3 classes`,
            setting: `n ${n}, rare class ${rare}, d ${disagreement}`,
            scenery,
            rules: listRules(scenery, better === 0.5 && disagreement === disagreements[0]),
            trials: countTrials(n),
            seed: SEED,
            draw: (random) => drawPart(random, kinds, n),
          });
        }
      }
    }
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
