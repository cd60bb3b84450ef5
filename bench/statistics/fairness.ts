import type { CountedPart, Entry } from '../../src/evaluation/counted/part.ts';
import { fairness } from '../../src/evaluation/fairness/fairness.ts';
import { computeMeasure, findMeasure } from '../../src/evaluation/fairness/measures.ts';
import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { listEstimateCells, type Ruling } from './estimates.ts';
import { describeClasses } from './tables.ts';

const SEED = 2016;
const COLUMN = 'group';
const METRICS = [
  ['max', 'demographic-parity-difference'],
  ['min', 'demographic-parity-ratio'],
  ['max', 'equalized-odds-difference'],
  ['max', 'equal-opportunity-difference'],
] as const;

/** A group: its share of the rows, of them the positive ones, and of these and of the others those predicted as positive. */
interface Group {
  readonly share: number;
  readonly prevalence: number;
  readonly truePositive: number;
  readonly falsePositive: number;
}

const group = (share: number, prevalence: number, truePositive: number, falsePositive: number): Group => ({
  share,
  prevalence,
  truePositive,
  falsePositive,
});

const repeat = (count: number, one: Group): Group[] => Array.from({ length: count }, () => one);

/** Groups that are alike, and that are not: where one is small, where rates are rare, where several are the furthest apart. */
const SETTINGS: Readonly<Record<string, readonly Group[]>> = {
  'two apart': [group(0.5, 0.3, 0.8, 0.1), group(0.5, 0.3, 0.9, 0.2)],
  'two alike': [group(0.5, 0.3, 0.8, 0.1), group(0.5, 0.3, 0.8, 0.1)],
  'one of 10 %': [group(0.9, 0.3, 0.8, 0.1), group(0.1, 0.3, 0.6, 0.05)],
  'rare positives': [group(0.7, 0.05, 0.7, 0.01), group(0.3, 0.05, 0.9, 0.05)],
  'ten, two apart': [group(0.1, 0.3, 0.6, 0.05), ...repeat(8, group(0.1, 0.3, 0.75, 0.1)), group(0.1, 0.3, 0.9, 0.2)],
  'ten, halves apart': [...repeat(5, group(0.1, 0.3, 0.8, 0.1)), ...repeat(5, group(0.1, 0.3, 0.9, 0.2))],
};

const TABLE = describeClasses(['no', 'yes'], { sides: [0] });

/** `max` on differences and `min` on ratios between groups, by samples; the line is what infinitely many rows come to. */
export async function* listFairnessCells(sizes: readonly number[], trials: number): AsyncGenerator<Cell> {
  for (const n of sizes) {
    for (const [name, groups] of Object.entries(SETTINGS)) {
      const random = createRandom(SEED);
      const trial = { setting: `n ${n}, ${name}`, seed: SEED, trials };
      const rulings = METRICS.map(([end, metric]) => createRuling(end, metric, groups));
      yield* await listEstimateCells(rulings, trial, () => draw(random, n, groups));
    }
  }
}

function createRuling(end: 'max' | 'min', metric: string, groups: readonly Group[]): Ruling<Map<string, CountedPart>> {
  const measure = findMeasure(metric);
  if (!measure) throw new Error(metric);
  return {
    rule: `${end}, ${metric}`,
    line: computeMeasure(measure, groups.map(describeCounts)),
    greater: end === 'min',
    measure: (parts) => fairness.estimateGroups(parts, { name: metric, positive: 'yes', group: COLUMN }, 0, TABLE),
  };
}

function describeCounts({ share, prevalence, truePositive, falsePositive }: Group) {
  const [positives, negatives] = [share * prevalence, share * (1 - prevalence)];
  const hits = positives * truePositive;
  return { positives, negatives, selected: hits + negatives * falsePositive, hits };
}

/** The rows of each group, none of a group that chance left empty. */
function draw(random: Random, n: number, groups: readonly Group[]): Map<string, CountedPart> {
  let [left, rest] = [n, 1];
  const parts = new Map<string, CountedPart>();
  for (const [at, own] of groups.entries()) {
    const rows = at === groups.length - 1 ? left : drawBinomial(random, left, Math.min(1, own.share / rest));
    left -= rows;
    rest -= own.share;
    const positives = drawBinomial(random, rows, own.prevalence);
    const hits = drawBinomial(random, positives, own.truePositive);
    const alarms = drawBinomial(random, rows - positives, own.falsePositive);
    const cells = [
      [1, 1, hits],
      [1, 0, positives - hits],
      [0, 1, alarms],
      [0, 0, rows - positives - alarms],
    ] as const;
    const kinds = cells.flatMap(([truth, answer, count]) => {
      const entry: Entry = { truth, answers: [answer], mass: 1 };
      return count === 0 ? [] : [{ entries: [entry], count }];
    });
    if (rows > 0) parts.set(`g${at}`, { rows, n: rows, kinds });
  }
  return parts;
}
