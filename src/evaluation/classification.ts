import { bootstrapCounts } from '../statistics/multinomial-bootstrap.ts';
import { computeWilsonInterval } from '../statistics/wilson.ts';
import { renderClassNames, renderKnownClasses } from './class-names.ts';
import { type Margins, sumMargins } from './confusion.ts';
import { BOOTSTRAP, BOOTSTRAP_METHOD, LEVEL, type Measured, withInterval } from './measured.ts';
import type { Tally } from './tally.ts';

/** Resamples × cells beyond which an interval is left out: some seconds of work. */
const MAX_BOOTSTRAP_DRAWS = 40_000_000;
/** Classes named one by one in a reason. */
const MAX_LISTED = 12;

/** What a formula sees: totals, the classes that the rows know, and the place of the positive class (−1: nowhere). */
interface Scene extends Margins {
  readonly present: readonly number[];
  readonly positive: number;
}

/** NaN where a denominator is empty; `computeCountMetrics` then finds the words. */
type Formula = (scene: Scene) => number;

/** Each is named after what it agrees with in `METRICS`. */
const FORMULAS: Readonly<Record<string, Formula>> = {
  accuracy: ({ hits, n }) => sum(hits) / n,
  'balanced-accuracy': (scene) => average(scene, recallOf),
  'macro-precision': (scene) => average(scene, precisionOf),
  'macro-recall': (scene) => average(scene, recallOf),
  'macro-f1': (scene) => average(scene, f1Of),
  mcc: computeMatthews,
  precision: (scene) => precisionOf(scene, scene.positive),
  recall: (scene) => recallOf(scene, scene.positive),
  f1: (scene) => f1Of(scene, scene.positive),
};

interface CountRequest {
  readonly name: string;
  readonly positive?: string;
}

/** Whether a confusion matrix alone gives the metric, so that `computeCountMetrics` computes it. */
export function isCountMetric(name: string): boolean {
  return Object.hasOwn(FORMULAS, name);
}

/** The metrics that a confusion matrix gives, in the order asked for, with their intervals. */
export function computeCountMetrics(
  tally: Tally,
  classes: readonly string[],
  requests: readonly CountRequest[],
): Measured[] {
  const margins = sumMargins(
    tally.cells,
    tally.cells.map(({ count }) => count),
    classes.length,
  );
  const present = [...classes.keys()].filter((at) => (margins.truths[at] ?? 0) + (margins.predictions[at] ?? 0) > 0);
  const asked = requests.map(({ name, positive }) => ({
    formula: FORMULAS[name] ?? (() => Number.NaN),
    positive: positive === undefined ? -1 : classes.indexOf(positive),
    ...(exactInterval(name) ?? {}),
  }));
  const limits = bootstrap();
  return asked.map(({ formula, positive, trials }, at) => {
    const scene = { ...margins, present, positive };
    const value = formula(scene);
    if (Number.isNaN(value)) return { reason: explain(scene, classes, requests[at]) };
    if (!trials) return { value, ...withInterval(limits[at], BOOTSTRAP_METHOD) };
    const count = trials(scene);
    return { value, ...withInterval(computeWilsonInterval(Math.round(value * count), count, LEVEL), 'Wilson') };
  });

  function bootstrap() {
    const { cells } = tally;
    const needed = asked.some(({ trials }) => !trials);
    if (!needed || cells.length * BOOTSTRAP.resamples > MAX_BOOTSTRAP_DRAWS) return [];
    const counts = cells.map(({ count }) => count);
    const all = bootstrapCounts(
      counts,
      (resample) => {
        const drawn = sumMargins(cells, resample, classes.length);
        return asked.map(({ formula, positive, trials }) => (trials ? 0 : formula({ ...drawn, present, positive })));
      },
      BOOTSTRAP,
    );
    return all.map((limit) => ('reason' in limit ? undefined : limit));
  }
}

/** The rows that a proportion is of; undefined for what is not a proportion of rows. */
function exactInterval(name: string): { trials: (scene: Scene) => number } | undefined {
  if (name === 'accuracy') return { trials: ({ n }) => n };
  if (name === 'precision') return { trials: ({ predictions, positive }) => predictions[positive] ?? 0 };
  if (name === 'recall') return { trials: ({ truths, positive }) => truths[positive] ?? 0 };
  return undefined;
}

function precisionOf({ hits, predictions }: Scene, at: number): number {
  return (hits[at] ?? Number.NaN) / (predictions[at] ?? Number.NaN);
}

function recallOf({ hits, truths }: Scene, at: number): number {
  return (hits[at] ?? Number.NaN) / (truths[at] ?? Number.NaN);
}

function f1Of({ hits, truths, predictions }: Scene, at: number): number {
  return (2 * (hits[at] ?? Number.NaN)) / ((truths[at] ?? Number.NaN) + (predictions[at] ?? Number.NaN));
}

function average(scene: Scene, compute: (scene: Scene, at: number) => number): number {
  return scene.present.reduce((total, at) => total + compute(scene, at), 0) / scene.present.length;
}

/**
 * For any number of classes; 0 where all rows are of one class or are given one class, as scikit-learn has it.
 * Source: J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
 */
function computeMatthews({ n, hits, truths, predictions, present }: Scene): number {
  let products = 0;
  let truthSquares = 0;
  let predictionSquares = 0;
  for (const at of present) {
    const truth = truths[at] ?? 0;
    const predicted = predictions[at] ?? 0;
    products += truth * predicted;
    truthSquares += truth * truth;
    predictionSquares += predicted * predicted;
  }
  const below = (n * n - truthSquares) * (n * n - predictionSquares);
  return below === 0 ? 0 : (n * sum(hits) - products) / Math.sqrt(below);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function explain(scene: Scene, classes: readonly string[], request: CountRequest | undefined): string {
  const name = request?.name ?? '';
  const positive = request?.positive;
  if (positive !== undefined) {
    const known = renderKnownClasses(positive, classes);
    if (name === 'precision') return `no row is predicted as \`${positive}\`${known}`;
    return name === 'recall'
      ? `no row is of the class \`${positive}\`${known}`
      : `no row is of, or predicted as, \`${positive}\`${known}`;
  }
  const usesPrecision = name === 'macro-precision';
  const empty = scene.present.filter((at) => (usesPrecision ? scene.predictions : scene.truths)[at] === 0);
  if (empty.length === 0) return `\`${name}\` is not defined on these rows`;
  const names = renderClassNames(
    empty.map((at) => classes[at] ?? ''),
    MAX_LISTED,
  );
  const [subject, are] = empty.length === 1 ? [`the class ${names}`, 'is'] : [`the classes ${names}`, 'are'];
  return usesPrecision
    ? `${subject} ${are} never predicted`
    : `${subject} ${are} predicted, and no row is of ${empty.length === 1 ? 'it' : 'them'}`;
}
