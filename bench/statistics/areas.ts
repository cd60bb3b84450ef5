import { addRestInfluences } from '../../src/statistics/area-influences.ts';
import { argsort } from '../../src/statistics/argsort.ts';
import { computeVariance, sumInfluences } from '../../src/statistics/influence.ts';
import { limitDifference, limitShare } from '../../src/statistics/influence-limits.ts';
import type { Limits, NoLimits } from '../../src/statistics/limits.ts';
import { computeNormalTail } from '../../src/statistics/normal.ts';
import { placeAgainstRest } from '../../src/statistics/placements.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { type RankedRows, sumClasses } from '../../src/statistics/ranking.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';

const SEED = 1988;
/** How far apart the two classes score on average: the candidate, and the better baseline. */
const SHIFTS = [1.5, 1.6] as const;
/** Of the scores of the two models of one row. */
const CORRELATION = 0.8;

interface Sample {
  readonly area: number;
  readonly difference: number;
  own(tail: number): Limits | NoLimits;
  paired(tail: number): Limits | NoLimits;
}

/** `min` on an area under the ROC curve and `max-drop` on the same rows, by samples of normal scores, whose area is known. */
export function* listAreaCells(
  sizes: readonly number[],
  prevalences: readonly number[],
  countTrials: (rows: number) => number,
): Generator<Cell> {
  const [own, other] = SHIFTS.map((shift) => computeNormalTail(-shift / Math.SQRT2));
  const [area, difference] = [own ?? Number.NaN, (own ?? Number.NaN) - (other ?? Number.NaN)];
  for (const n of sizes) {
    for (const prevalence of prevalences) {
      const random = createRandom(SEED);
      const samples = Array.from({ length: countTrials(n) }, () => drawSample(random, n, prevalence));
      const setting = `n ${n}, prevalence ${prevalence}`;
      yield* listCells(
        'min, ROC AUC',
        setting,
        samples,
        area,
        ({ area: value }) => value,
        ({ own: limit }) => limit,
      );
      yield* listCells(
        'max-drop, ROC AUC',
        setting,
        samples,
        difference,
        ({ difference: value }) => value,
        ({ paired }) => paired,
      );
    }
  }
}

function listCells(
  rule: string,
  setting: string,
  samples: readonly Sample[],
  line: number,
  value: (sample: Sample) => number,
  limit: (sample: Sample) => Sample['own'],
): Cell[] {
  const values = samples.map(value).filter(Number.isFinite);
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
  const share = (of: (sample: Sample) => boolean) => samples.filter(of).length / samples.length;
  return LEVELS.map((level) => {
    const effect = findVisible(1 - level) * deviation;
    const limits = new Map(samples.map((sample) => [sample, limit(sample)(1 - level)]));
    const reaches = (sample: Sample, to: number) => {
      const found = limits.get(sample);
      return found !== undefined && !('reason' in found) && found.low >= to;
    };
    return {
      rule,
      setting,
      tail: 1 - level,
      trials: samples.length,
      atLine: {
        pass: share((sample) => reaches(sample, line)),
        fail: share((sample) => {
          const found = limits.get(sample);
          return found !== undefined && !('reason' in found) && found.high < line;
        }),
      },
      effect,
      // A lower line on the same rows stands for a better truth.
      atEffect: { pass: share((sample) => reaches(sample, line - effect)), fail: 0 },
      scalar: [share((sample) => value(sample) >= line), share((sample) => value(sample) >= line - effect)],
    };
  });
}

function drawSample(random: Random, n: number, prevalence: number): Sample {
  const classes = Int32Array.from({ length: n }, () => (random() < prevalence ? 1 : 0));
  const rows: RankedRows = { classes, classCount: 2, parts: new Int32Array(n), partCount: 1, weights: undefined };
  const totals = sumClasses(rows);
  const [first, second] = [new Float64Array(n), new Float64Array(n)];
  for (let row = 0; row < n; row += 1) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    const [one, two] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    const positive = classes[row] ?? 0;
    first[row] = one + SHIFTS[0] * positive;
    second[row] = CORRELATION * one + Math.sqrt(1 - CORRELATION ** 2) * two + SHIFTS[1] * positive;
  }
  const measured = [first, second].map((scores) => {
    const placements = placeAgainstRest({ scores, order: argsort(scores), rows }, 1, totals);
    const influences = new Float64Array(n);
    addRestInfluences(influences, { rows, totals, independent: true }, 1, placements, Float64Array.of(1));
    return { area: placements.areas[0] ?? Number.NaN, influences };
  });
  const [mine, theirs] = measured.map(({ influences }) => influences);
  const empty = new Float64Array(n);
  const [sums] = sumInfluences([mine ?? empty, theirs ?? empty], rows.parts, 1, undefined);
  const [area = Number.NaN, other = Number.NaN] = measured.map((one) => one.area);
  const limited = (compute: () => Limits | NoLimits) =>
    Number.isFinite(area) ? compute() : { reason: 'a class has no rows' };
  return {
    area,
    difference: area - other,
    own: (tail) => limited(() => limitShare(area, computeVariance(sums ?? NOTHING, 1, 1), tail)),
    paired: (tail) => limited(() => limitDifference(area - other, computeVariance(sums ?? NOTHING, 1, 0), tail)),
  };
}

const NOTHING = { units: 0, squares: [], fourths: [] };
