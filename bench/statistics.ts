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
import { listF1Cells } from './statistics/paired-f1.ts';
import { listPrecisionCells } from './statistics/precisions.ts';
import { listProportionCells } from './statistics/proportion.ts';
import { listSliceCells } from './statistics/slices.ts';
import { renderDocument } from './statistics/table.ts';
import { listClusterCells, listWeightCells } from './statistics/units.ts';
import { listUnpairedCells } from './statistics/unpaired.ts';

/**
 * How often each kind of rule passes a model that lies on the line, fails one, cannot tell, and sees a model that is better,
 * beside the comparison of two numbers. Exact sums where they can be had, else samples. Names of groups run only these;
 * `--quick` takes a few cells of each and few samples; `--cells FOLDER` keeps what is found, a file a group; `--markdown FILE`
 * then writes all that the folder holds, and runs nothing more unless groups are named.
 * Aim: no cell passes more often than nominal plus three Monte-Carlo standard errors.
 */
const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean' },
    cells: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const quick = flags.quick ?? false;
/** Samples of each cell that is not exact. */
const TRIALS = quick ? 200 : 10_000;
const SIZES = quick ? [50, 1000] : [50, 200, 1000, 5000, 50_000];
const LARGER_SIZES = quick ? [200] : [200, 1000, 5000, 50_000];
const DISAGREEMENTS = quick ? [0.05] : [0.01, 0.02, 0.05, 0.1, 0.3];
const FEWER_DISAGREEMENTS = quick ? [0.05] : [0.01, 0.05, 0.3];
const SHARES = quick ? [0.9] : [0.5, 0.7, 0.9, 0.95, 0.99];
const PREVALENCES = quick ? [0.1] : [0.01, 0.1, 0.5];

// What takes milliseconds a sample is tried in a few places: where little is known, and where much is.
const AVERAGED_SIZES = quick ? [50] : [50, 200, 1000, 5000];
const MEDIAN_SIZES = quick ? [50] : [50, 200, 1000];
const PRECISION_GRID = quick
  ? ([[200, 0.1]] as const)
  : ([
      [200, 0.05],
      [5000, 0.2],
      [50_000, 0.1],
    ] as const);
const CLASS_GRID = quick
  ? ([[50, 0.1, 0.15, 0.25]] as const)
  : ([
      [50, 0.1, 0.15, 0.5],
      [1000, 0.02, 0.05, 0.25],
    ] as const);
const CLUSTER_GRID = quick
  ? ([[30, 0.3, 0.25]] as const)
  : ([
      [10, 0.3, 0.25],
      [30, 0.05, 0.25],
    ] as const);
const WEIGHT_GRID = quick
  ? ([[50, 0.25]] as const)
  : ([
      [50, 0.5],
      [50, 0.25],
      [1000, 0.25],
    ] as const);
const CALIBRATION_GRID = quick
  ? ([[200, 'ece', 1]] as const)
  : ([
      [200, 'ece', 1],
      [200, 'adaptive-ece', 1],
      [1000, 'ece', 1],
      [1000, 'adaptive-ece', 1],
      [5000, 'ece', 2],
      [5000, 'adaptive-ece', 2],
      [50_000, 'ece', 3],
      [50_000, 'adaptive-ece', 3],
    ] as const);

const groups: Readonly<Record<string, readonly [string, () => Iterable<Cell> | AsyncIterable<Cell>]>> = {
  proportion: ['an absolute line on a proportion', () => listProportionCells(SIZES)],
  slices: ['slices of one rule', () => listSliceCells(SIZES, [5, 20])],
  unpaired: ['a proportion on different rows', () => listUnpairedCells(SIZES, SHARES)],
  paired: ['a proportion on the same rows', () => listPairedCells(SIZES, DISAGREEMENTS)],
  f1: [
    'F1 on the same rows',
    () => listF1Cells({ sizes: SIZES, prevalences: PREVALENCES, disagreements: FEWER_DISAGREEMENTS }, TRIALS),
  ],
  classes: ['metrics of three classes', () => listClassCells(CLASS_GRID, TRIALS)],
  clusters: ['rows in clusters', () => listClusterCells(CLUSTER_GRID, TRIALS)],
  weights: ['rows with weights', () => listWeightCells(WEIGHT_GRID, TRIALS)],
  means: ['a mean, skewed as log losses are', () => listMeanCells(SIZES, PREVALENCES, FEWER_DISAGREEMENTS, TRIALS)],
  rare: ['a mean that rare rows make', () => listRareCells(TRIALS)],
  averaged: [
    'errors of a regression, with weights and without, and means over queries',
    () => listAveragedCells(AVERAGED_SIZES, TRIALS),
  ],
  medians: ['the median error', () => listMedianCells(SIZES)],
  'median-drop': ['the median error on the same rows', () => listMedianDropCells(MEDIAN_SIZES, TRIALS)],
  areas: ['the area under the ROC curve', () => listAreaCells(SIZES, PREVALENCES, TRIALS)],
  precisions: ['average precision', () => listPrecisionCells(PRECISION_GRID, TRIALS)],
  calibration: [
    'a calibration error, alone and on the same rows',
    () => listCalibrationCells(CALIBRATION_GRID, TRIALS),
  ],
  fairness: ['rates of groups', () => listFairnessCells(LARGER_SIZES, TRIALS)],
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
