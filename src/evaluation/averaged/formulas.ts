import type { Linearised } from '../../statistics/delta-method.ts';
import { computeShape, type Shape } from '../../statistics/shape.ts';
import type { VectorSums } from '../../statistics/vector-sums.ts';
import type { Side } from '../joined-table.ts';
import type { Unmeasured } from '../sources.ts';
import { centreAtMean, divideSmooth, linearizeMean, linearizeVariance, subtractSmooth } from './smooth.ts';
import type { Base, Design } from './variables.ts';

/** What a metric adds up, of one side and of two on the same rows, and what it makes of it. */
export interface Formula {
  listOwn(side: Side): Design;
  /** Of two sides: the numbers of the first, and how much greater they are than the second’s. */
  listBoth(): Design;
  /** Of two sides: the numbers of each. */
  listApart(): Design;
  /** Of the sums of `listOwn`. */
  linearize(sums: VectorSums): Linearised | Unmeasured;
  /** What the value, and the limits of what is linearised, are put through: it grows, and takes what is not negative. */
  readonly transform?: (value: number) => number;
  /** The first side’s less `factor` times the second’s; `values` are theirs. Its own value may have lost digits. */
  linearizeContrast(sums: PairSums, factor: number, values: readonly [number, number]): Linearised | Unmeasured;
  /** Whether a few numbers can be most of the sum, as of squares: one side’s limits then need rows that matter, too. */
  readonly heavy?: boolean;
  /** Of means: how the numbers lie, of the sums of `listOwn`. */
  computeOwnShape?(sums: VectorSums): Shape | undefined;
  /** How the differences lie, of the sums of `listBoth`. */
  computeDifferenceShape?(sums: VectorSums): Shape | undefined;
}

/** The sums of `listBoth` and of `listApart`. */
export interface PairSums {
  readonly both: VectorSums;
  readonly apart: VectorSums;
}

/** SQL for a number of a row by side, and for how much greater it is on side 0. */
export interface Loss {
  readonly own: (side: Side) => string;
  /** Without it, the one less the other. */
  readonly difference?: string;
}

/** The mean of a number. Products with its square are sums of third and fourth powers. */
export function createMean(loss: Loss): Formula {
  const difference = differ(loss);
  return {
    ...createShare(loss),
    listOwn: (side) => [{ sql: loss.own(side) }, { squareOf: loss.own(side) }],
    listBoth: () => [{ sql: loss.own(0) }, difference, { squareOf: difference.sql }],
    computeOwnShape: (sums) => computeShape(centreAtMean(sums, 1, 2), 1, 2),
    computeDifferenceShape: (sums) => computeShape(centreAtMean(sums, 2, 3), 2, 3),
  };
}

/** The mean of a number that is 0 or 1. */
export function createShare(loss: Loss): Formula {
  return {
    listOwn: (side) => [{ sql: loss.own(side) }],
    listBoth: () => [{ sql: loss.own(0) }, differ(loss)],
    listApart: () => [{ sql: loss.own(0) }, { sql: loss.own(1) }],
    linearize: (sums) => linearizeMean(sums, [0, 1]),
    linearizeContrast: (sums, factor) => linearizePair(sums, 1, -factor),
  };
}

/** The root of the mean of a number that is never negative. It is infinitely steep at 0. */
export function createRoot(loss: Loss): Formula {
  return {
    ...createMean(loss),
    transform: Math.sqrt,
    linearizeContrast: (sums, factor, [first, second]) => linearizePair(sums, 1 / (2 * first), -factor / (2 * second)),
  };
}

/**
 * a · (the first mean) + b · (the second). Where a and −b are alike, by the difference of the numbers: of models that are
 * alike that is small, and keeps its digits.
 */
function linearizePair({ both, apart }: PairSums, a: number, b: number): Linearised {
  const isAlike = Math.abs(a + b) <= Math.max(Math.abs(a), Math.abs(b)) / 2;
  if (!Number.isFinite(a + b)) return { sums: both, value: Number.NaN, gradient: [Number.NaN] };
  return isAlike ? linearizeMean(both, [0, a + b, -b, 0]) : linearizeMean(apart, [0, a, b]);
}

const NOTHING_TO_EXPLAIN: Unmeasured = { reason: 'the labels do not vary, so no variance can be explained' };
const TRUTH: Design = [{ sql: 'truth' }, { squareOf: 'truth' }];

/** R²: one less the mean squared error by the variance of the truth. */
export function createDetermination(square: Loss): Formula {
  const difference = differ(square);
  return {
    listOwn: (side) => [{ sql: square.own(side) }, ...TRUTH, { squareOf: square.own(side) }],
    listBoth: () => [{ sql: square.own(0) }, difference, ...TRUTH, { squareOf: difference.sql }],
    listApart: () => [{ sql: square.own(0) }, { sql: square.own(1) }, ...TRUTH],
    linearize: (sums) => {
      const centred = centreAtMean(sums, 2, 3);
      return explain(linearizeMean(centred, [0, 1]), linearizeVariance(centred, 2, 3), 1);
    },
    linearizeContrast: ({ both, apart }, factor) => {
      const centred = { both: centreAtMean(both, 3, 4), apart: centreAtMean(apart, 3, 4) };
      const unexplained = linearizePair(centred, 1, -factor);
      return explain(unexplained, linearizeVariance(unexplained.sums, 3, 4), 1 - factor);
    },
    computeOwnShape: (sums) => turn(computeShape(centreAtMean(sums, 1, 4), 1, 4)),
    computeDifferenceShape: (sums) => turn(computeShape(centreAtMean(sums, 2, 5), 2, 5)),
  };
}

/** The shape of what larger numbers make smaller: of R² its errors are most, and the variance of the truth varies little beside. */
function turn(shape: Shape | undefined): Shape | undefined {
  return shape && { ...shape, skewness: -shape.skewness };
}

/** One less the variance of the errors by that of the truth. `error` is SQL by side. */
export function createExplainedVariance(error: (side: Side) => string): Formula {
  const errors = (side: Side): Design => [{ sql: error(side) }, { squareOf: error(side) }];
  const listBoth = () => [...errors(0), ...errors(1), ...TRUTH];
  return {
    listOwn: (side) => [...errors(side), ...TRUTH],
    listBoth,
    listApart: listBoth,
    linearize: (sums) => {
      const centred = centreAtMean(centreAtMean(sums, 1, 2), 3, 4);
      return explain(linearizeVariance(centred, 1, 2), linearizeVariance(centred, 3, 4), 1);
    },
    linearizeContrast: ({ both }, factor) => {
      const centred = centreAtMean(centreAtMean(centreAtMean(both, 1, 2), 3, 4), 5, 6);
      const [first, second] = [linearizeVariance(centred, 1, 2), linearizeVariance(centred, 3, 4)];
      return explain(subtractSmooth(first, second, factor), linearizeVariance(centred, 5, 6), 1 - factor);
    },
  };
}

function explain(unexplained: Linearised, all: Linearised, whole: number): Linearised | Unmeasured {
  if (!(all.value > 0)) return NOTHING_TO_EXPLAIN;
  const share = divideSmooth(unexplained, all);
  return { sums: share.sums, value: whole - share.value, gradient: share.gradient.map((slope) => -slope) };
}

function differ({ own, difference }: Loss): Base {
  return { sql: difference ?? `(${own(0)}) - (${own(1)})`, counted: true };
}
