import { contrastSides, estimateSide } from '../../src/evaluation/ranked/estimates.ts';
import { measureParts } from '../../src/evaluation/ranked/measures.ts';
import type { RankedMeasure } from '../../src/evaluation/ranked/part.ts';
import type { Unmeasured } from '../../src/evaluation/sources.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import type { Random } from '../../src/statistics/random.ts';
import { type RankedRows, sumClasses } from '../../src/statistics/ranking.ts';
import type { Cell } from './cell.ts';
import { listEstimateCells, type Trial } from './estimates.ts';
import { sortRows } from './sorting.ts';
import { describeClasses } from './tables.ts';

/** What the program measures of one sample, or why it cannot. */
export type RankedSample = RankedMeasure | Unmeasured;

/** Of the scores of the two models of one row. */
const CORRELATION = 0.8;
const POSITIVE = 'yes';
const SCORES = { single: true, columns: [{ column: POSITIVE, className: POSITIVE }] };

const TABLE = describeClasses(['no', POSITIVE], { scores: SCORES });

/** A metric on rows with normal scores by two models, whose classes are `shifts` apart. */
export async function drawRanked(
  random: Random,
  metric: string,
  n: number,
  prevalence: number,
  shifts: readonly [number, number],
): Promise<RankedSample> {
  const classes = Int32Array.from({ length: n }, () => (random() < prevalence ? 1 : 0));
  const sides = [new Float64Array(n), new Float64Array(n)] as const;
  for (let row = 0; row < n; row += 1) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    const [one, two] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    const positive = classes[row] ?? 0;
    sides[0][row] = one + shifts[0] * positive;
    sides[1][row] = CORRELATION * one + Math.sqrt(1 - CORRELATION ** 2) * two + shifts[1] * positive;
  }
  const rows: RankedRows = { classes, classCount: 2, parts: new Int32Array(n), partCount: 1, weights: undefined };
  const ordered = sides.map((scores) => ({ scores, order: sortRows(scores) }));
  const scene = {
    table: TABLE,
    scores: SCORES,
    influence: { rows, totals: sumClasses(rows), independent: true },
    clusters: undefined,
    read: async (_class: string, side: 0 | 1) =>
      ordered[side] ?? { scores: new Float64Array(0), order: new Uint32Array(0) },
  };
  const [found] = await measureParts(scene, { name: metric, positive: POSITIVE });
  return found ?? { reason: 'there are no rows' };
}

/** `min` on a metric and `max-drop` on the same rows; its true values are those of the candidate and of the baseline. */
export function listRankedCells(
  name: string,
  [own, other]: readonly [number, number],
  trial: Trial,
  draw: () => Promise<RankedSample>,
): Promise<Cell[]> {
  const measureWith = (measure: (one: RankedMeasure) => Estimate) => (one: RankedSample) =>
    'kind' in one ? measure(one) : one;
  return listEstimateCells(
    [
      { rule: `min, ${name}`, line: own, greater: true, measure: measureWith((one) => estimateSide(one, 0, TABLE)) },
      {
        rule: `max-drop, ${name}`,
        line: own - other,
        greater: true,
        measure: measureWith((one) => contrastSides(one, 1, TABLE)),
      },
    ],
    trial,
    draw,
  );
}
