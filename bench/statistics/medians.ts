import { ordered } from '../../src/evaluation/ordered/ordered.ts';
import { computeBinomialDensity, computeLowerTail, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeMedianPlaces } from '../../src/statistics/order-statistics.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';
import { listEstimateCells } from './estimates.ts';
import { describeTable } from './tables.ts';

const SEED = 1981;
/** Of the second model’s error, the share that is that of the first. */
const COMMON = 0.7;
const TABLE = describeTable({ task: 'regression', classes: [] });

/** `max` on a median, exactly: how many of n errors lie under their true median is binomial, whatever they are. */
export function* listMedianCells(sizes: readonly number[]): Generator<Cell> {
  for (const n of sizes) {
    for (const level of LEVELS) {
      const tail = 1 - level;
      const places = computeMedianPlaces(n, tail);
      const effect = Math.min(0.45, (findVisible(tail) * 0.5) / Math.sqrt(n));
      const pass = (share: number) => (places ? computeUpperTail(places.high, n, share) : 0);
      const scalar = (share: number) =>
        computeUpperTail(Math.floor(n / 2) + 1, n, share) +
        (n % 2 === 0 ? computeBinomialDensity(n / 2, n, share) / 2 : 0);
      yield {
        rule: 'max, median absolute error',
        setting: `n ${n}, the effect as a share of rows`,
        tail,
        atLine: { pass: pass(0.5), fail: places ? computeLowerTail(places.low - 1, n, 0.5) : 0 },
        effect,
        atEffect: { pass: pass(0.5 + effect), fail: 0 },
        scalar: [scalar(0.5), scalar(0.5 + effect)],
      };
    }
  }
}

/** `max-drop` on the medians of two models with exponential errors on the same rows, by samples. */
export async function* listMedianDropCells(sizes: readonly number[], trials: number): AsyncGenerator<Cell> {
  for (const n of sizes) {
    const random = createRandom(SEED);
    const draw = () => {
      const first = Float64Array.from({ length: n }, () => -Math.log(1 - random()));
      // With the probability `COMMON` the same error, else another of the same kind, so that the medians are alike.
      const second = first.map((error) => (random() < COMMON ? error : -Math.log(1 - random())));
      const sides = [first, second].map((errors) => ({ median: computeMedian(errors), from: 1, middle: [] }));
      return { n, sides, pairs: { first, second } };
    };
    const rule = 'max-drop, median absolute error';
    const measure = (part: ReturnType<typeof draw>) =>
      ordered.contrast(part, { name: 'median-absolute-error' }, 1, TABLE);
    yield* await listEstimateCells([{ rule, line: 0, measure }], { setting: `n ${n}`, seed: SEED, trials }, draw);
  }
}

function computeMedian(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = Math.floor(values.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return values.length % 2 === 0 ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}
