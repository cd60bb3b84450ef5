import { calibrated } from '../../src/evaluation/calibrated/calibrated.ts';
import {
  BINS,
  type CalibratedPart,
  type Calibration,
  type CalibrationCell,
} from '../../src/evaluation/calibrated/part.ts';
import { FRACTION_BITS } from '../../src/statistics/moments.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { listEstimateCells, type Ruling } from './estimates.ts';
import { sortRows } from './sorting.ts';
import { describeClasses } from './tables.ts';

const SEED = 2017;
/** Rows are right with a probability between these two; the scores of no model below leave [0, 1]. */
const [LEAST, GREATEST] = [0.55, 0.95];
/** Of the rows, those on which the baseline has another answer and another score. */
const DISAGREEMENT = 0.1;
/** Places by which the truth of a model is computed. */
const GRID = 30_000;
/** Gaps are whole multiples of this power of two, so that they add up without an error. */
const STEP_BITS = 30;
/** Two bins, and whether each side is right. */
const CELLS = 4 * BINS ** 2;

/** By how much a model's top score is above the probability of being right. */
type Excess = (probability: number) => number;

const NONE: Excess = () => 0;
const EVERYWHERE: Excess = () => 0.04;
/** Too sure where it is less sure, and the other way about, so that some bins hold both. */
const EITHER_WAY: Excess = (probability) => 0.04 * Math.sin(15 * probability);

/** The candidate's excess, and the baseline's. */
const MODELS: readonly (readonly [name: string, candidate: Excess, baseline: Excess])[] = [
  ['both off', EVERYWHERE, EVERYWHERE],
  ['candidate off', EVERYWHERE, NONE],
  ['candidate off either way', EITHER_WAY, NONE],
  ['baseline off', NONE, EVERYWHERE],
  ['off in other places', EVERYWHERE, EITHER_WAY],
  ['none off', NONE, NONE],
];

type Binning = 'ece' | 'adaptive-ece';

const TABLE = describeClasses(['no', 'yes']);

/** Rows, how scores are put into bins, and how many of the models are tried: every so manieth. */
export type CalibrationGrid = readonly (readonly [rows: number, metric: Binning, step: number])[];

/** `max` on a calibration error, and `max-drop` on the same rows; by samples of models whose true error is known. */
export async function* listCalibrationCells(grid: CalibrationGrid, trials: number): AsyncGenerator<Cell> {
  for (const [place, [n, metric, step]] of grid.entries()) {
    const models = MODELS.filter((_, at) => (at + place) % step === 0);
    for (const [name, candidate, baseline] of models) {
      const own = computeTruth(candidate, metric);
      const request = { name: metric };
      const rulings: Ruling<CalibratedPart>[] = [
        {
          rule: `max, ${metric}`,
          line: own,
          measure: (part) => calibrated.estimate(part, [request], 0, TABLE)[0],
        },
        {
          rule: `max-drop, ${metric}`,
          line: own - computeTruth(baseline, metric),
          measure: (part) => calibrated.contrast(part, request, 1, TABLE),
        },
      ];
      const random = createRandom(SEED);
      yield* await listEstimateCells(rulings, { setting: `n ${n}, ${name}`, seed: SEED, trials }, () => {
        const found = draw(random, n, [candidate, baseline], metric);
        return metric === 'ece' ? { equal: found } : { adaptive: found };
      });
    }
  }
}

/** The error of infinitely many rows. */
function computeTruth(excess: Excess, metric: Binning): number {
  const tops = Float64Array.from({ length: GRID }, (_, at) => {
    const probability = LEAST + ((at + 0.5) / GRID) * (GREATEST - LEAST);
    return probability + excess(probability);
  });
  const bins = findBins(tops, metric);
  const sums = new Float64Array(BINS);
  for (const [at, bin] of bins.entries()) {
    const probability = LEAST + ((at + 0.5) / GRID) * (GREATEST - LEAST);
    sums[bin] = (sums[bin] ?? 0) + excess(probability);
  }
  return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / GRID;
}

function findBins(tops: Float64Array, metric: Binning): Int32Array {
  if (metric === 'ece') return Int32Array.from(tops, (top) => Math.max(0, Math.ceil(top * BINS) - 1));
  const order = sortRows(tops);
  const bins = new Int32Array(tops.length);
  for (let rank = 0; rank < order.length; rank += 1) {
    bins[order[rank] as number] = Math.floor((rank * BINS) / tops.length);
  }
  return bins;
}

function draw(random: Random, n: number, models: readonly [Excess, Excess], metric: Binning): Calibration {
  const tops = [new Float64Array(n), new Float64Array(n)] as const;
  const rights = [new Int32Array(n), new Int32Array(n)] as const;
  for (let row = 0; row < n; row += 1) {
    let probability = LEAST + random() * (GREATEST - LEAST);
    let right = random() < probability ? 1 : 0;
    for (const side of [0, 1] as const) {
      if (side === 1 && random() < DISAGREEMENT) {
        probability = LEAST + random() * (GREATEST - LEAST);
        right = random() < probability ? 1 : 0;
      }
      tops[side][row] = probability + models[side](probability);
      rights[side][row] = right;
    }
  }
  return collect(
    tops,
    rights,
    tops.map((own) => findBins(own, metric)),
  );
}

function collect(
  tops: readonly Float64Array[],
  rights: readonly Int32Array[],
  bins: readonly Int32Array[],
): Calibration {
  const lot = { counts: new Float64Array(CELLS), sums: [new Float64Array(CELLS), new Float64Array(CELLS)] };
  const at = (values: readonly ArrayLike<number>[], side: number, row: number) => values[side]?.[row] ?? 0;
  for (let row = 0; row < (tops[0]?.length ?? 0); row += 1) {
    const cell = ((at(bins, 0, row) * BINS + at(bins, 1, row)) * 2 + at(rights, 0, row)) * 2 + at(rights, 1, row);
    lot.counts[cell] = (lot.counts[cell] ?? 0) + 1;
    for (const [side, sums] of lot.sums.entries()) {
      const gap = Math.round((at(rights, side, row) - at(tops, side, row)) * 2 ** STEP_BITS);
      sums[cell] = (sums[cell] ?? 0) + gap;
    }
  }
  const cells: CalibrationCell[] = [];
  for (const [place, count] of lot.counts.entries()) {
    if (count === 0) continue;
    const bin = Math.floor(place / 4);
    cells.push({
      count,
      weight: 1,
      cluster: undefined,
      bins: [Math.floor(bin / BINS), bin % BINS],
      rights: [Math.floor(place / 2) % 2, place % 2],
      gaps: lot.sums.map((sums) => BigInt(sums[place] ?? 0) << BigInt(FRACTION_BITS - STEP_BITS)),
    });
  }
  return { cells };
}
