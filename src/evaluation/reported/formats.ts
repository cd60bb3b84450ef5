import { USUAL_TAIL } from '../../config/usual-level.ts';
import type { Limits } from '../../statistics/limits.ts';
import { computeProportionLimits } from '../../statistics/proportion.ts';
import { findValue, type Tree } from './document.ts';
import { computeErrorLimits } from './error-limits.ts';

/** A number that somebody else measured, with what the file tells of its certainty. */
export interface ReportedNumber {
  readonly value: unknown;
  /** Rows that it rests on; 0 where the file does not say. */
  readonly n: number;
  /** Two-sided, at 95 %. */
  readonly limits?: Limits;
  readonly method?: string;
  /** Why there are no limits. */
  readonly noLimits?: string;
  /** Which way it is good, where the file says so. */
  readonly direction?: 'higher' | 'lower';
}

/** How a file of numbers is read, by its format; undefined where the key is not in it. */
export type ReadNumber = (tree: Tree, key: string) => ReportedNumber | undefined;

/** Nested or flat names, as `dvc metrics` takes them. */
export const readPlain: ReadNumber = (tree, key) => {
  const value = findValue(tree, key);
  return value === undefined ? undefined : { value, n: 0, noLimits: TELLS_NOTHING };
};

/** Of the formats that hold numbers alone. */
const TELLS_NOTHING = 'files of this format do not tell how sure a number is';

/**
 * scikit-learn's `classification_report(output_dict=True)`. `support` is the number of rows; the accuracy and the recall of
 * a class are shares of rows, so that their intervals follow.
 */
export const readClassificationReport: ReadNumber = (tree, key) => {
  const value = findValue(tree, key);
  if (value === undefined) return undefined;
  const isAccuracy = key === 'accuracy' || key === 'micro avg.recall';
  const row = isAccuracy ? 'weighted avg' : key.slice(0, Math.max(0, key.lastIndexOf('.')));
  const n = readCount(findValue(tree, `${row}.support`)) ?? readCount(findValue(tree, 'macro avg.support')) ?? 0;
  const isShare = isAccuracy || (key.endsWith('.recall') && !/ avg\.recall$/.test(key));
  if (!isShare) return { value, n, noLimits: 'of a classification report only the accuracy and recall have limits' };
  return { value, n, ...(typeof value === 'number' ? computeShareLimits(value, n) : {}) };
};

function computeShareLimits(share: number, n: number): Pick<ReportedNumber, 'limits' | 'method' | 'noLimits'> {
  if (n === 0) return { noLimits: 'the file does not tell its rows (`support`)' };
  if (!(share >= 0 && share <= 1)) return { noLimits: 'it is no share of rows' };
  const { limits, method } = computeProportionLimits(Math.round(share * n), n, USUAL_TAIL);
  return 'reason' in limits ? { noLimits: limits.reason } : { limits, method: `${method}, from the reported rows` };
}

/**
 * The results file of lm-evaluation-harness: a key is `<task>.<metric>`, as `hellaswag.acc_norm,none`; the filter after the
 * comma may be left out where the task has one filter. Standard errors and sample sizes stand beside the metrics.
 */
export const readHarness: ReadNumber = (tree, key) => {
  for (const section of ['results', 'groups']) {
    const found = findHarnessNumber(tree, section, key);
    if (found) return found;
  }
  return undefined;
};

function findHarnessNumber(tree: Tree, section: string, key: string): ReportedNumber | undefined {
  const tasks = findValue(tree, section);
  if (typeof tasks !== 'object' || tasks === null) return undefined;
  const task = Object.keys(tasks)
    .filter((name) => key.startsWith(`${name}.`))
    .sort((a, b) => b.length - a.length)[0];
  if (task === undefined) return undefined;
  const numbers = (tasks as Record<string, unknown>)[task];
  if (typeof numbers !== 'object' || numbers === null) return undefined;
  const metric = findMetricKey(numbers as Record<string, unknown>, key.slice(task.length + 1));
  if (metric === undefined) return undefined;
  const [name = metric, filter] = metric.split(',');
  const value = (numbers as Record<string, unknown>)[metric];
  const error = (numbers as Record<string, unknown>)[
    filter === undefined ? `${name}_stderr` : `${name}_stderr,${filter}`
  ];
  const higher = readOwnBoolean(findValue(tree, 'higher_is_better'), task, name);
  const n = readCount(findOwn(findOwn(findValue(tree, 'n-samples'), task), 'effective'));
  return {
    value,
    n: n ?? 0,
    ...(typeof value === 'number' ? computeErrorLimits({ name, value, n, error }) : {}),
    ...(higher === undefined ? {} : { direction: higher ? 'higher' : 'lower' }),
  };
}

/** The name as it stands, or with the only filter that it has. */
function findMetricKey(numbers: Record<string, unknown>, wanted: string): string | undefined {
  if (Object.hasOwn(numbers, wanted)) return wanted;
  const filtered = Object.keys(numbers).filter((name) => name.split(',')[0] === wanted);
  return filtered.length === 1 ? filtered[0] : undefined;
}

function findOwn(tree: unknown, name: string): unknown {
  return typeof tree === 'object' && tree !== null && Object.hasOwn(tree, name)
    ? (tree as Record<string, unknown>)[name]
    : undefined;
}

function readOwnBoolean(tree: unknown, task: string, metric: string): boolean | undefined {
  const found = findOwn(findOwn(tree, task), metric);
  return typeof found === 'boolean' ? found : undefined;
}

/**
 * The metrics of an MLflow run: what `GET runs/get` of its REST API answers, or `Run.to_dictionary()` as JSON. Of several
 * values of one metric the one of the last step counts, and of these the latest.
 */
export const readMlflow: ReadNumber = (tree, key) => {
  const metrics = findValue(tree, 'run.data.metrics') ?? findValue(tree, 'data.metrics') ?? findValue(tree, 'metrics');
  if (!Array.isArray(metrics)) {
    const value = findOwn(metrics, key);
    return value === undefined ? undefined : { value, n: 0, noLimits: TELLS_NOTHING };
  }
  const own = metrics.filter((entry) => findOwn(entry, 'key') === key);
  const last = own
    .sort((a, b) => order(a, 'step') - order(b, 'step') || order(a, 'timestamp') - order(b, 'timestamp'))
    .at(-1);
  return last === undefined ? undefined : { value: findOwn(last, 'value'), n: 0, noLimits: TELLS_NOTHING };
};

/** Its API writes 64-bit numbers as text. */
function order(entry: unknown, name: string): number {
  return Number(findOwn(entry, name) ?? 0);
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
