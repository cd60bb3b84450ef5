import { computeChiSquare } from '../statistics/chi-square.ts';
import {
  computeJensenShannon,
  computeReferenceDeviation,
  computeWasserstein,
} from '../statistics/distribution-distance.ts';
import { computeKolmogorovSmirnov, type PairedCount } from '../statistics/kolmogorov-smirnov.ts';

/**
 * Up to this many rows of reference a test decides, at 5 %; beyond, tests find differences that do not matter, and a
 * distance of 0.1 decides. These are the defaults of Evidently (legacy/calculations/stattests/registry.py).
 */
const MAX_TESTED_ROWS = 1000;
const SIGNIFICANCE = 0.05;
const GREATEST_DISTANCE = 0.1;

/** Whether one column is distributed differently, and the numbers that say so. */
interface ColumnDrift {
  readonly drifted: boolean;
  readonly text: string;
}

/** Decides on a column of numbers. `counts` are the distinct values of both data sets in ascending order. */
export function decideNumeric(counts: readonly PairedCount[], referenceRows: number): ColumnDrift {
  if (referenceRows <= MAX_TESTED_ROWS) {
    const { statistic, p, method } = computeKolmogorovSmirnov(counts);
    return { drifted: p < SIGNIFICANCE, text: `Kolmogorov–Smirnov D ${round(statistic)}, ${method} p ${round(p)}` };
  }
  const distance = computeWasserstein(counts);
  const deviation = computeReferenceDeviation(counts);
  if (deviation === 0) {
    return { drifted: distance > 0, text: `Wasserstein distance ${round(distance)} from values that do not vary` };
  }
  const normed = distance / deviation;
  return { drifted: normed >= GREATEST_DISTANCE, text: `Wasserstein distance ${round(normed)} standard deviations` };
}

/** Decides on a column of categories: how often each of them occurs in the two data sets. */
export function decideCategorical(
  first: readonly number[],
  second: readonly number[],
  referenceRows: number,
): ColumnDrift {
  if (referenceRows <= MAX_TESTED_ROWS) {
    const { statistic, degrees, p } = computeChiSquare(first, second);
    return { drifted: p < SIGNIFICANCE, text: `chi-square ${round(statistic)} (${degrees} df), p ${round(p)}` };
  }
  const distance = computeJensenShannon(first, second);
  return { drifted: distance >= GREATEST_DISTANCE, text: `Jensen–Shannon distance ${round(distance)}` };
}

/**
 * Decides on the whole from columns that drifted, columns that could not be measured, and all that were compared: what
 * could not be measured may have drifted or not.
 */
export function decideShare(
  drifted: number,
  unmeasured: number,
  all: number,
  maxShare: number,
): 'pass' | 'fail' | 'cannot-measure' {
  if (all === 0) return 'cannot-measure';
  if (drifted / all > maxShare) return 'fail';
  return (drifted + unmeasured) / all > maxShare ? 'cannot-measure' : 'pass';
}

/** Three significant digits, as every reason has them. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
