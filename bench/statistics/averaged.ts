import { type AveragedPart, averaged } from '../../src/evaluation/averaged/averaged.ts';
import { nameQueryColumn } from '../../src/evaluation/averaged/query-metrics.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import { findNormalLimit } from '../../src/statistics/normal.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { type Atom, createAdding } from './averaged-atoms.ts';
import type { Cell } from './cell.ts';
import { listEstimateCells, type Ruling } from './estimates.ts';
import { drawCounts } from './multinomial-draws.ts';
import { describeTable } from './tables.ts';

const SEED = 1977;
/** What the second model’s error is made of that of the first: times, and more. */
const OTHERS = [
  [0.8, 0],
  [1.15, 0],
  [1, 0.3],
  [1, -0.3],
] as const;
const WEIGHTS = [0.2, 1, 5] as const;
const TABLE = describeTable({ task: 'regression', classes: [] });

interface Data {
  readonly name: string;
  readonly table: JoinedTable;
  readonly metrics: readonly string[];
  /** Of those in which more is better. */
  readonly greater: readonly string[];
  readonly atoms: readonly Atom[];
}

/** The quantiles of an error, in the middle of steps that are narrow in the tails. */
const STEPS = listSteps();
const ERRORS = {
  normal: (p: number) => -findNormalLimit(p),
  // The logistic quantile to the power of 1.5: squares of such errors are far more skewed than those of normal ones.
  'long tails': (p: number) => Math.sign(p - 0.5) * Math.abs(Math.log(p / (1 - p))) ** 1.5,
} as const;

/**
 * Means over rows, weighted and not, roots and shares of them, and means over queries; alone and on the same rows. All kinds of
 * data at the first size, and every other one at each size after it.
 */
export async function* listAveragedCells(sizes: readonly number[], trials: number): AsyncGenerator<Cell> {
  for (const [place, data] of [...listData()].entries()) {
    const { table, metrics, atoms } = data;
    const add = await createAdding(table, metrics, atoms);
    const truth = add(atoms.map(({ share }) => share));
    for (const [at, n] of sizes.entries()) {
      if (at > 0 && (at + place) % 2 === 0) continue;
      const random = createRandom(SEED);
      const shares = atoms.map(({ share }) => share);
      const rulings = metrics.flatMap((metric) => listRulings(metric, data, truth));
      const draw = () => add(Float32Array.from(drawCounts(random, shares, n)));
      yield* await listEstimateCells(rulings, { setting: `n ${n}, ${data.name}`, seed: SEED, trials }, draw);
    }
  }
}

function listRulings(metric: string, { table, greater }: Data, truth: AveragedPart): Ruling<AveragedPart>[] {
  const isGreater = greater.includes(metric);
  const estimate = (part: AveragedPart) => averaged.estimate(part, [{ name: metric }], 0, table)[0];
  const contrast = (part: AveragedPart) => averaged.contrast(part, { name: metric }, 1, table);
  return (
    [
      [isGreater ? 'min' : 'max', estimate],
      ['max-drop', contrast],
    ] as const
  ).map(([rule, measure]) => {
    const line = measure(truth);
    if (!line || 'reason' in line) throw new Error(line?.reason);
    return { rule: `${rule}, ${metric}`, line: line.value, greater: isGreater, measure };
  });
}

function* listData(): Generator<Data> {
  for (const [name, quantile] of Object.entries(ERRORS)) {
    const errors = STEPS.map(({ share, middle }) => ({ share, value: quantile(middle) }));
    const truths = [-1.3, 0, 1.3].map((value) => ({ share: Math.exp(-(value ** 2) / 2), value: 2 * value }));
    const metrics = ['mae', 'rmse', 'r2', 'pinball@0.9'];
    yield { name: `${name}`, table: TABLE, metrics, greater: ['r2'], atoms: listRows(truths, errors, [1]) };
    const weighted = { ...TABLE, weighted: true };
    const one = [{ share: 1, value: 0 }];
    yield {
      name: `${name}, weights`,
      table: weighted,
      metrics: ['mae', 'rmse'],
      greater: [],
      atoms: listRows(one, errors, WEIGHTS),
    };
  }
  const metric = 'ndcg@10';
  const table: JoinedTable = { ...TABLE, task: 'ranking' };
  yield { name: 'queries', table, metrics: [metric], greater: [metric], atoms: listQueries(metric) };
}

interface Step {
  readonly share: number;
  readonly value: number;
}

function listRows(truths: readonly Step[], errors: readonly Step[], weights: readonly number[]): Atom[] {
  return normalise(
    truths.flatMap((truth) =>
      errors.flatMap((error) =>
        OTHERS.flatMap(([times, more]) =>
          weights.map((weight) => ({
            share: truth.share * error.share,
            columns: {
              truth: truth.value,
              predicted_0: truth.value + error.value,
              predicted_1: truth.value + times * error.value + more,
              weight,
            },
          })),
        ),
      ),
    ),
  );
}

/** Queries with one relevant item, at one of the first places or beyond them; a place up or down with the other model. */
function listQueries(metric: string): Atom[] {
  const gain = (place: number) => (place > 10 ? 0 : 1 / Math.log2(1 + place));
  const [own, other] = [nameQueryColumn(metric, 0), nameQueryColumn(metric, 1)];
  const places = Array.from({ length: 12 }, (_, at) => at + 1);
  return normalise(
    places.flatMap((place) =>
      [-1, 0, 0, 1].map((move) => ({
        share: 0.6 ** place,
        columns: { [own]: gain(place), [other]: gain(Math.max(1, place + move)) },
      })),
    ),
  );
}

function normalise(atoms: readonly Atom[]): Atom[] {
  const total = atoms.reduce((sum, { share }) => sum + share, 0);
  return atoms.map((atom) => ({ ...atom, share: atom.share / total }));
}

function listSteps(): { share: number; middle: number }[] {
  const tail = [1e-5, 1e-4, 5e-4, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05];
  const middle = Array.from({ length: 17 }, (_, at) => 0.1 + at * 0.05);
  const ends = [0, ...tail, ...middle, ...tail.toReversed().map((p) => 1 - p), 1];
  return ends.slice(1).map((end, at) => ({ share: end - (ends[at] ?? 0), middle: (end + (ends[at] ?? 0)) / 2 }));
}
