import { availableParallelism } from 'node:os';
import { listAreaCells } from './statistics/areas.ts';
import { type Cell, computeAllowed, isBad, printCell, printHead } from './statistics/cell.ts';
import { listMeanCells, listRareCells } from './statistics/means.ts';
import { listPairedCells } from './statistics/paired.ts';
import { listF1Cells } from './statistics/paired-f1.ts';
import { listProportionCells } from './statistics/proportion.ts';
import { listSliceCells } from './statistics/slices.ts';
import { listUnpairedCells } from './statistics/unpaired.ts';

/**
 * How often each kind of rule passes a model that lies on the line, fails one, cannot tell, and sees a model that is better,
 * beside the comparison of two numbers. Exact sums where they can be had, else samples; `--quick` takes a few cells of each; names of groups take
 * only these.
 * Aim: no cell passes more often than nominal plus three Monte-Carlo standard errors.
 */
const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--quick');
const SIZES = quick ? [50, 1000] : [50, 200, 1000, 5000, 50_000];
const DISAGREEMENTS = quick ? [0.05] : [0.01, 0.02, 0.05, 0.1, 0.3];
const SHARES = quick ? [0.9] : [0.5, 0.7, 0.9, 0.95, 0.99];
const PREVALENCES = quick ? [0.1] : [0.01, 0.1, 0.5];
const TRIALS = quick ? 1000 : 10_000;
/** A trial draws thousands of resamples, in some ten milliseconds. With fewer trials more is allowed. */
const BOOTSTRAP_TRIALS = quick ? 100 : 1000;

/** A trial sorts all rows twice. */
const AREA_TRIALS = (rows: number) => (quick ? 200 : rows >= 5000 ? 300 : 2000);

const groups: Readonly<Record<string, readonly [string, () => Iterable<Cell>]>> = {
  proportion: ['an absolute line on a proportion', () => listProportionCells(SIZES)],
  slices: ['slices of one rule', () => listSliceCells(SIZES, [5, 20])],
  unpaired: ['a proportion on different rows', () => listUnpairedCells(SIZES, SHARES)],
  means: [
    'a mean, skewed as log losses are',
    () => listMeanCells(SIZES, PREVALENCES, quick ? [0.3] : [0.01, 0.05, 0.3], TRIALS),
  ],
  rare: ['a mean that rare rows make', () => listRareCells(TRIALS)],
  areas: [
    'the area under the ROC curve; fewer trials, as each sorts all rows twice',
    () => listAreaCells(SIZES, PREVALENCES, AREA_TRIALS),
  ],
  paired: ['a proportion on the same rows', () => listPairedCells(SIZES, DISAGREEMENTS)],
  f1: [
    'F1 on the same rows; fewer trials, as each draws thousands of resamples',
    () => listF1Cells(SIZES, quick ? [0.5] : [0.05, 0.5], quick ? [0.05] : [0.05, 0.3], BOOTSTRAP_TRIALS),
  ],
};

console.log(`Node ${process.version}, ${availableParallelism()} cores, ${quick ? 'the quick grid' : 'the whole grid'}`);
const bad: Cell[] = [];
let count = 0;
for (const [group, [name, list]] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(group)) continue;
  const start = performance.now();
  console.log(`\n${name}`);
  printHead();
  for (const cell of list()) {
    count += 1;
    printCell(cell);
    if (isBad(cell)) bad.push(cell);
  }
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}
console.log(`\n${bad.length} of ${count} cells pass more often than allowed`);
for (const cell of bad) {
  console.log(`${cell.rule}, ${cell.setting}, ${1 - cell.tail}: ${cell.atLine.pass} > ${computeAllowed(cell)}`);
}
