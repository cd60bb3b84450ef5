import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { listAreaCells } from './statistics/areas.ts';
import { listAveragedCells } from './statistics/averaged.ts';
import { listCalibrationCells } from './statistics/calibration.ts';
import { type Cell, computeAllowed, isBad, printCell, printHead } from './statistics/cell.ts';
import { openGroup, readGroups } from './statistics/cell-files.ts';
import { listClassCells } from './statistics/classes.ts';
import { listFairnessCells } from './statistics/fairness.ts';
import { listMeanCells, listRareCells } from './statistics/means.ts';
import { listMedianCells, listMedianDropCells } from './statistics/medians.ts';
import { listPairedCells } from './statistics/paired.ts';
import { DROPS, GAINS, listF1Cells } from './statistics/paired-f1.ts';
import { listPrecisionCells } from './statistics/precisions.ts';
import { listProportionCells } from './statistics/proportion.ts';
import { listSliceCells } from './statistics/slices.ts';
import { renderDocument } from './statistics/table.ts';
import { listClusterCells, listWeightCells } from './statistics/units.ts';
import { listUnpairedCells } from './statistics/unpaired.ts';

/**
 * How often each kind of rule passes a model that lies on the line, fails one, cannot tell, and sees a model that is better,
 * beside the comparison of two numbers. Exact sums where they can be had, else samples. Names of groups run only these;
 * `--quick` takes a few cells of each; `--trials N` takes other numbers of samples where each is resampled; `--cells FOLDER`
 * keeps what is found, a file a group; `--markdown FILE` then writes all that the folder holds, and runs nothing more
 * unless groups are named.
 * Aim: no cell passes more often than nominal plus three Monte-Carlo standard errors.
 */
const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean' },
    cells: { type: 'string' },
    markdown: { type: 'string' },
    trials: { type: 'string' },
  },
});
const quick = flags.quick ?? false;
const SIZES = quick ? [50, 1000] : [50, 200, 1000, 5000, 50_000];
const DISAGREEMENTS = quick ? [0.05] : [0.01, 0.02, 0.05, 0.1, 0.3];
const SHARES = quick ? [0.9] : [0.5, 0.7, 0.9, 0.95, 0.99];
const PREVALENCES = quick ? [0.1] : [0.01, 0.1, 0.5];
const TRIALS = quick ? 1000 : 10_000;
/** Of samples that are quick to draw. */
const QUICK_TRIALS = Number(flags.trials ?? TRIALS);
/** A trial draws thousands of resamples, in some milliseconds. With fewer trials more is allowed. */
const FEWER_TRIALS = Number(flags.trials ?? (quick ? 200 : 500));
/** Few samples of few rows differ, and equal ones are judged once. */
const F1_TRIALS = (rows: number) => (rows <= 200 ? TRIALS : rows <= 1000 ? 4000 : 2000);
const PAIRED_GRID = {
  sizes: SIZES,
  prevalences: PREVALENCES,
  disagreements: quick ? [0.05] : [0.01, 0.05, 0.3],
  countTrials: quick || flags.trials !== undefined ? () => FEWER_TRIALS : F1_TRIALS,
};
const FEWER_GRID = { ...PAIRED_GRID, countTrials: () => FEWER_TRIALS };
const CLASS_GRID = {
  ...FEWER_GRID,
  sizes: SIZES.filter((rows) => rows <= 1000),
  prevalences: quick ? [0.1] : [0.02, 0.1],
  disagreements: quick ? [0.05] : [0.05, 0.15],
};

/** A trial sorts all rows twice. */
const AREA_TRIALS = (rows: number) =>
  quick ? 200 : rows >= 50_000 ? 100 : rows >= 5000 ? 500 : rows >= 1000 ? 4000 : TRIALS;
/** A trial draws thousands of resamples of hundreds of counts; with more than 512 rows of the class it needs none. */
const PRECISION_GRID = quick
  ? ([[200, 0.1, 50]] as const)
  : ([
      [200, 0.05, 400],
      [200, 0.1, 400],
      [1000, 0.02, 200],
      [5000, 0.2, 1000],
    ] as const);
const MEDIAN_GRID = quick
  ? ([[50, 100]] as const)
  : ([
      [50, 2000],
      [200, 1000],
      [1000, 300],
    ] as const);

const LARGER_SIZES = quick ? [200] : [200, 1000, 5000, 50_000];
/** A trial draws all rows. */
const CALIBRATION_TRIALS = (rows: number) =>
  flags.trials !== undefined ? QUICK_TRIALS : quick ? 200 : rows > 5000 ? 300 : rows > 1000 ? 2000 : TRIALS;

const groups: Readonly<Record<string, readonly [string, () => Iterable<Cell> | AsyncIterable<Cell>]>> = {
  proportion: ['an absolute line on a proportion', () => listProportionCells(SIZES)],
  slices: ['slices of one rule', () => listSliceCells(SIZES, [5, 20])],
  unpaired: ['a proportion on different rows', () => listUnpairedCells(SIZES, SHARES)],
  means: [
    'a mean, skewed as log losses are',
    () => listMeanCells(SIZES, PREVALENCES, quick ? [0.3] : [0.01, 0.05, 0.3], QUICK_TRIALS),
  ],
  rare: ['a mean that rare rows make', () => listRareCells(QUICK_TRIALS)],
  areas: [
    'the area under the ROC curve; fewer trials from 1,000 rows on, as each sorts all rows twice',
    () => listAreaCells(SIZES, PREVALENCES, AREA_TRIALS),
  ],
  averaged: [
    'errors of a regression, with weights and without, and means over queries',
    () => listAveragedCells(quick ? [50] : [50, 200, 1000, 5000], quick ? 200 : 2000),
  ],
  medians: ['the median error, which is exact', () => listMedianCells(SIZES)],
  'median-drop': [
    'the median error on the same rows; fewer trials, as each resamples all rows',
    () => listMedianDropCells(MEDIAN_GRID),
  ],
  precisions: [
    'average precision; fewer trials, as each draws thousands of resamples',
    () => listPrecisionCells(PRECISION_GRID),
  ],
  paired: ['a proportion on the same rows', () => listPairedCells(SIZES, DISAGREEMENTS)],
  f1: [
    'F1 on the same rows; fewer trials of many rows, as each draws thousands of resamples',
    () => listF1Cells(PAIRED_GRID, DROPS),
  ],
  'f1-more': ['more rules on F1 on the same rows; fewer trials', () => listF1Cells(FEWER_GRID, GAINS)],
  classes: ['metrics of three classes; fewer trials', () => listClassCells(CLASS_GRID)],
  clusters: [
    'rows in clusters; fewer trials',
    () => listClusterCells(quick ? [30] : [10, 30, 200], quick ? [0.3] : [0.05, 0.3], 2 * FEWER_TRIALS),
  ],
  calibration: [
    'a calibration error, alone and on the same rows; fewer trials where a sample has many rows',
    () => listCalibrationCells(LARGER_SIZES, CALIBRATION_TRIALS),
  ],
  fairness: ['rates of groups', () => listFairnessCells(LARGER_SIZES, QUICK_TRIALS)],
  weights: ['rows with weights; fewer trials', () => listWeightCells(SIZES, FEWER_TRIALS)],
};

const grid = quick ? 'quick' : 'whole';
const bad: Cell[] = [];
let count = 0;
const rendersOnly = flags.markdown !== undefined && wanted.length === 0;
if (!rendersOnly) console.log(`Node ${process.version}, ${availableParallelism()} cores, the ${grid} grid`);
for (const [group, [title, list]] of Object.entries(groups)) {
  if (rendersOnly || (wanted.length > 0 && !wanted.includes(group))) continue;
  const start = performance.now();
  const file =
    flags.cells === undefined ? undefined : openGroup(flags.cells, { group, title, node: process.version, grid });
  console.log(`\n${title}`);
  printHead();
  for await (const cell of list()) {
    count += 1;
    printCell(cell);
    file?.add(cell);
    if (isBad(cell)) bad.push(cell);
  }
  const seconds = (performance.now() - start) / 1000;
  file?.close(seconds);
  console.log(`${seconds.toFixed(1)} s`);
}
if (flags.markdown !== undefined && flags.cells !== undefined) {
  writeFileSync(flags.markdown, renderDocument(readGroups(flags.cells, Object.keys(groups))));
}
if (!rendersOnly) console.log(`\n${bad.length} of ${count} cells pass more often than allowed`);
for (const cell of bad) {
  console.log(`${cell.rule}, ${cell.setting}, ${1 - cell.tail}: ${cell.atLine.pass} > ${computeAllowed(cell)}`);
}
