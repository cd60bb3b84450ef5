import { parseMetricName } from '../../config/metrics.ts';
import type { Margins } from './margins.ts';

/** What a formula sees: totals, the classes that any row is of or was given, the place of the positive one, and beta. */
export interface Scene {
  readonly margins: Margins;
  readonly present: readonly number[];
  /** −1 where no row knows it. */
  readonly positive: number;
  readonly beta: number;
}

/** NaN where a denominator is 0; `explainUndefined` then finds the words. */
export type Formula = (scene: Scene) => number;

type OfClass = (scene: Scene, at: number) => number;

/**
 * Each under the name that `METRICS` gives it, with the function of scikit-learn that it agrees with. With weights, a row
 * counts as much as it weighs, as by scikit-learn's `sample_weight`. Where scikit-learn warns of a zero denominator and
 * puts 0 in its place (precision, recall, F, the averages, Matthews) the value here is NaN.
 */
const FORMULAS: Readonly<Record<string, Formula>> = {
  accuracy: accuracyOf,
  'balanced-accuracy': (scene) => averageMacro(scene, recallOf),
  'macro-precision': (scene) => averageMacro(scene, precisionOf),
  'macro-recall': (scene) => averageMacro(scene, recallOf),
  'macro-f1': (scene) => averageMacro(scene, fOf),
  'macro-f-beta': (scene) => averageMacro(scene, fOf),
  // One label a row: every wrong row is one false positive and one false negative, so that these are all the accuracy.
  'micro-precision': accuracyOf,
  'micro-recall': accuracyOf,
  'micro-f1': accuracyOf,
  'micro-f-beta': accuracyOf,
  'weighted-precision': (scene) => averageWeighted(scene, precisionOf),
  // Each class counts by its rows, so that the denominators of the recalls cancel.
  'weighted-recall': accuracyOf,
  'weighted-f1': (scene) => averageWeighted(scene, fOf),
  'weighted-f-beta': (scene) => averageWeighted(scene, fOf),
  mcc: computeMatthews,
  'cohen-kappa': computeKappa,
  precision: (scene) => precisionOf(scene, scene.positive),
  recall: (scene) => recallOf(scene, scene.positive),
  f1: (scene) => fOf(scene, scene.positive),
  'f-beta': (scene) => fOf(scene, scene.positive),
  specificity: computeSpecificity,
  cost: ({ margins: { cost, total } }) => cost / total,
};

/** Whether counts of true classes and answers alone give the metric of this name. */
export function isCounted(metric: string): boolean {
  return Object.hasOwn(FORMULAS, parseMetricName(metric).base);
}

/** The formula of a metric that `isCounted`, and the beta that it weighs recall with: 1 unless the name says another. */
export function findFormula(metric: string): { readonly compute: Formula; readonly beta: number } {
  const { base, parameter = 1 } = parseMetricName(metric);
  const compute = FORMULAS[base];
  if (!compute) throw new Error(`no count formula for the metric ${metric}`);
  return { compute, beta: parameter };
}

/** accuracy_score. */
function accuracyOf({ margins: { hits, total } }: Scene): number {
  return sum(hits) / total;
}

/** precision_score: rows right about the class over rows given it. */
function precisionOf({ margins: { hits, answers } }: Scene, at: number): number {
  return (hits[at] ?? Number.NaN) / (answers[at] ?? Number.NaN);
}

/** recall_score: rows right about the class over rows of it. */
function recallOf({ margins: { hits, truths } }: Scene, at: number): number {
  return (hits[at] ?? Number.NaN) / (truths[at] ?? Number.NaN);
}

/**
 * fbeta_score: (1 + β²) tp / ((1 + β²) tp + β² fn + fp), which is defined also where precision is not.
 * Source: C. J. van Rijsbergen, "Information Retrieval" (1979), chapter 7.
 */
function fOf({ margins: { hits, truths, answers }, beta }: Scene, at: number): number {
  const square = beta * beta;
  const below = square * (truths[at] ?? Number.NaN) + (answers[at] ?? Number.NaN);
  return ((1 + square) * (hits[at] ?? Number.NaN)) / below;
}

/** recall_score of all other classes taken as one: rows rightly not given the class over rows that are not of it. */
function computeSpecificity({ margins: { truths, answers, hits }, positive }: Scene): number {
  if (positive < 0) return Number.NaN;
  let negatives = 0;
  for (let at = 0; at < truths.length; at += 1) if (at !== positive) negatives += truths[at] as number;
  const wrong = (answers[positive] as number) - (hits[positive] as number);
  return (negatives - wrong) / negatives;
}

/** average="macro": over the classes that any row is of or was given. */
function averageMacro(scene: Scene, compute: OfClass): number {
  let total = 0;
  for (const at of scene.present) total += compute(scene, at);
  return total / scene.present.length;
}

/** average="weighted": each class by the rows of it, so that one without rows does not count. */
function averageWeighted(scene: Scene, compute: OfClass): number {
  let total = 0;
  for (const at of scene.present) {
    const support = scene.margins.truths[at] as number;
    if (support > 0) total += support * compute(scene, at);
  }
  return total / scene.margins.total;
}

/**
 * matthews_corrcoef, for any number of classes.
 * Source: J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
 */
function computeMatthews({ margins: { total, hits, truths, answers }, present }: Scene): number {
  let [products, truthSquares, answerSquares] = [0, 0, 0];
  for (const at of present) {
    const truth = truths[at] as number;
    const answer = answers[at] as number;
    products += truth * answer;
    truthSquares += truth * truth;
    answerSquares += answer * answer;
  }
  const below = (total * total - truthSquares) * (total * total - answerSquares);
  return below > 0 ? (total * sum(hits) - products) / Math.sqrt(below) : Number.NaN;
}

/**
 * cohen_kappa_score: how far the agreement is above that of two that answer by chance, as a share of the most it could be.
 * Source: J. Cohen, "A coefficient of agreement for nominal scales" (1960), equation 1.
 */
function computeKappa({ margins: { total, hits, truths, answers }, present }: Scene): number {
  let products = 0;
  for (const at of present) products += (truths[at] as number) * (answers[at] as number);
  const below = total * total - products;
  return below > 0 ? (total * sum(hits) - products) / below : Number.NaN;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at += 1) total += values[at] as number;
  return total;
}
