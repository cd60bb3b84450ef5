import type { DRIFT_METHODS } from '../../config/schema/data.ts';
import { computeChiSquare } from '../../statistics/chi-square.ts';
import {
  computeJensenShannon,
  computeReferenceDeviation,
  computeWasserstein,
} from '../../statistics/distribution-distance.ts';
import {
  computeKolmogorovSmirnov,
  computeKolmogorovTail,
  type PairedCount,
} from '../../statistics/kolmogorov-smirnov.ts';
import { computePopulationStability } from '../../statistics/population-stability.ts';
import type { BinnedCounts } from '../../statistics/quantile-bins.ts';
import { poolRareCategories } from '../../statistics/rare-categories.ts';

export type Method = Exclude<(typeof DRIFT_METHODS)[number], 'auto'>;

/** What a method came to on one column. */
export interface Measurement {
  /** As reports name it. */
  readonly method: string;
  readonly binning: string;
  readonly statistic: number;
  /** Of a test. */
  readonly p?: number;
  /** The least that p could be if the values were known and not only their parts. */
  readonly leastP?: number;
  readonly effectSize: number;
  /** The unit of the effect. */
  readonly effect: string;
  /** Where no threshold decides. */
  readonly differs?: boolean;
  readonly text: string;
}

/** Why nothing can be said, as a phrase. */
export interface Unmeasured {
  readonly unmeasured: string;
}

/** Methods that need to know how far values are apart. */
export const NUMERIC_METHODS: readonly Method[] = ['ks', 'wasserstein'];
/** Methods that give a p-value, which counts below the threshold; the others give a distance, which counts from it on. */
export const TESTS: readonly Method[] = ['ks', 'chi-square'];

/** The defaults of Evidently (legacy/calculations/stattests/registry.py). */
export function findThreshold(method: Method, asked: number | undefined): number {
  return asked ?? (TESTS.includes(method) ? 0.05 : 0.1);
}

interface Subject {
  /** Whether the values are numbers that are compared as such. */
  readonly numeric: boolean;
  /** Different values of the reference, as far as known, and its rows. */
  readonly distinct: number;
  readonly rows: number;
  /** Whether the reference is a stored profile, which knows parts of numbers and not the values. */
  readonly stored: boolean;
}

/** Numbers with at most so many distinct values are compared as categories, as Evidently does. */
const FEW_VALUES = 5;
/**
 * Up to this many rows of reference a test decides, at 5 %; beyond, tests find differences that do not matter, and a
 * distance of 0.1 decides. These are the defaults of Evidently (legacy/calculations/stattests/registry.py).
 */
const MAX_TESTED_ROWS = 1000;

/** The method for a column: what was asked for, or by its type and size. */
export function chooseMethod(asked: Method | 'auto', subject: Subject): Method | Unmeasured {
  const { numeric, distinct, rows, stored } = subject;
  if (asked !== 'auto') {
    if (NUMERIC_METHODS.includes(asked) && !numeric)
      return { unmeasured: `${asked} compares numbers, and these are none` };
    if (asked === 'wasserstein' && stored)
      return { unmeasured: 'a stored profile does not hold what wasserstein needs' };
    return asked;
  }
  if (!numeric || distinct <= FEW_VALUES) return rows <= MAX_TESTED_ROWS ? 'chi-square' : 'jensen-shannon';
  if (rows <= MAX_TESTED_ROWS) return 'ks';
  return stored ? 'psi' : 'wasserstein';
}

/** Compares numbers by their distance. `parts` says that values are known only by the parts of a stored profile. */
export function measureNumbers(
  method: 'ks' | 'wasserstein',
  counts: readonly PairedCount[],
  parts?: string,
): Measurement | Unmeasured {
  const binning = parts ?? 'distinct values';
  if (method === 'wasserstein') return measureWasserstein(counts, binning);
  const { statistic, p, method: way } = computeKolmogorovSmirnov(counts);
  const greatest = parts === undefined ? statistic : boundDistance(counts);
  const bound = parts === undefined ? '' : `, at most ${round(greatest)}`;
  return {
    method: `Kolmogorov–Smirnov, ${way}`,
    binning,
    statistic,
    p,
    ...(parts === undefined ? {} : { leastP: Math.min(p, computeAsymptotic(greatest, counts)) }),
    effectSize: statistic,
    effect: 'greatest distance of the distribution functions',
    text: `Kolmogorov–Smirnov D ${round(statistic)}${bound}, ${way} p ${round(p)}`,
  };
}

/** Compares how often categories occur, or parts of numbers. */
export function measureShares(
  method: 'jensen-shannon' | 'psi' | 'chi-square',
  counts: BinnedCounts,
  binning: string,
): Measurement | Unmeasured {
  const { first, second } = counts;
  if (method === 'chi-square') return measureChiSquare(counts, binning);
  if (method === 'psi') {
    const index = computePopulationStability(first, second);
    const base = { method: 'population stability index', binning, statistic: index };
    return { ...base, effectSize: index, effect: 'index', text: `population stability index ${round(index)}` };
  }
  const distance = computeJensenShannon(first, second);
  const base = { method: 'Jensen–Shannon distance, natural logarithm', binning, statistic: distance };
  return { ...base, effectSize: distance, effect: 'distance', text: `Jensen–Shannon distance ${round(distance)}` };
}

function measureWasserstein(counts: readonly PairedCount[], binning: string): Measurement {
  const distance = computeWasserstein(counts);
  const deviation = computeReferenceDeviation(counts);
  const base = { method: 'Wasserstein distance, normed', binning };
  const effect = 'standard deviations of the reference';
  if (deviation === 0) {
    const text = `Wasserstein distance ${round(distance)} from values that do not vary`;
    const plain = { effectSize: distance, effect: 'distance; the reference does not vary' };
    return { ...base, statistic: distance, ...plain, differs: distance > 0, text };
  }
  const normed = distance / deviation;
  const text = `Wasserstein distance ${round(normed)} standard deviations`;
  return { ...base, statistic: distance, effectSize: normed, effect, text };
}

function measureChiSquare(counts: BinnedCounts, binning: string): Measurement | Unmeasured {
  const kept = poolRareCategories(counts);
  if (!kept) return { unmeasured: 'too few rows for chi-square: counts below 5 would be expected' };
  const { statistic, degrees, p } = computeChiSquare(kept.first, kept.second);
  const n = [...kept.first, ...kept.second].reduce((sum, count) => sum + count, 0);
  const pooled = kept.pooled > 0 ? `, the ${kept.pooled} rarest together` : '';
  return {
    method: `chi-square, ${degrees} df`,
    binning: `${binning}${pooled}`,
    statistic,
    p,
    effectSize: Math.sqrt(statistic / n),
    effect: 'Cramér’s V',
    text: `chi-square ${round(statistic)} (${degrees} df${pooled}), p ${round(p)}`,
  };
}

/**
 * The greatest D that the values behind parts may have: within a part the two distribution functions may be as far apart as
 * the one at its end and the other at its begin.
 */
function boundDistance(counts: readonly PairedCount[]): number {
  const [n, m] = sizesOf(counts);
  let before: readonly [number, number] = [0, 0];
  let greatest = 0;
  for (const { first, second } of counts) {
    const after = [before[0] + first, before[1] + second] as const;
    greatest = Math.max(greatest, after[0] / n - before[1] / m, after[1] / m - before[0] / n);
    before = after;
  }
  return greatest;
}

function computeAsymptotic(d: number, counts: readonly PairedCount[]): number {
  const [n, m] = sizesOf(counts);
  return computeKolmogorovTail(d * Math.sqrt((n * m) / (n + m)));
}

function sizesOf(counts: readonly PairedCount[]): readonly [number, number] {
  return counts.reduce<readonly [number, number]>(([n, m], { first, second }) => [n + first, m + second], [0, 0]);
}

/** Three significant digits, as every reason has them. */
export function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
