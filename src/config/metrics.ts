import type { Task } from './schema/modelgate.ts';

/** Which way a metric is good. A property of the metric, never of a rule. */
export type Direction = 'higher' | 'lower';

/** What a metric needs beside labels and predictions. */
export type MetricNeed = 'scores' | 'positive' | 'group';

export interface MetricDescription {
  readonly direction: Direction;
  readonly tasks: readonly Task[];
  readonly needs: readonly MetricNeed[];
  /** The name in reports. */
  readonly title: string;
  /** The function of scikit-learn or fairlearn that it agrees with. */
  readonly reference: string;
  /** The least and the greatest value that it can have; infinite where there is no bound. */
  readonly range: readonly [least: number, greatest: number];
}

const CLASSIFICATION = ['binary-classification', 'multiclass-classification'] as const;
const BINARY = ['binary-classification'] as const;
const REGRESSION = ['regression'] as const;
const SHARE = [0, 1] as const;
const UNBOUNDED = [0, Number.POSITIVE_INFINITY] as const;

function describe(
  title: string,
  direction: Direction,
  tasks: readonly Task[],
  reference: string,
  needs: readonly MetricNeed[] = [],
  range: MetricDescription['range'] = SHARE,
): MetricDescription {
  return { title, direction, tasks, reference, needs, range };
}

/** Every metric that a rule or `evaluate.metrics` may name. */
export const METRICS: Readonly<Record<string, MetricDescription>> = {
  accuracy: describe('Accuracy', 'higher', CLASSIFICATION, 'accuracy_score'),
  'balanced-accuracy': describe('Balanced accuracy', 'higher', CLASSIFICATION, 'balanced_accuracy_score'),
  'macro-precision': describe('Macro precision', 'higher', CLASSIFICATION, 'precision_score(average="macro")'),
  'macro-recall': describe('Macro recall', 'higher', CLASSIFICATION, 'recall_score(average="macro")'),
  'macro-f1': describe('Macro F1', 'higher', CLASSIFICATION, 'f1_score(average="macro")'),
  mcc: describe('Matthews correlation', 'higher', CLASSIFICATION, 'matthews_corrcoef', [], [-1, 1]),
  precision: describe('Precision', 'higher', BINARY, 'precision_score', ['positive']),
  recall: describe('Recall', 'higher', BINARY, 'recall_score', ['positive']),
  f1: describe('F1', 'higher', BINARY, 'f1_score', ['positive']),
  'roc-auc': describe('ROC AUC', 'higher', BINARY, 'roc_auc_score', ['positive', 'scores']),
  'log-loss': describe('Log loss', 'lower', CLASSIFICATION, 'log_loss', ['scores'], UNBOUNDED),
  brier: describe('Brier score', 'lower', CLASSIFICATION, 'brier_score_loss', ['scores'], [0, 2]),
  ece: describe('Expected calibration error', 'lower', CLASSIFICATION, '15 equal-width bins of the top score', [
    'scores',
  ]),
  'demographic-parity-difference': describe(
    'Demographic parity difference',
    'lower',
    CLASSIFICATION,
    'fairlearn.metrics.demographic_parity_difference',
    ['positive', 'group'],
  ),
  mae: describe('Mean absolute error', 'lower', REGRESSION, 'mean_absolute_error', [], UNBOUNDED),
  rmse: describe('Root mean squared error', 'lower', REGRESSION, 'root_mean_squared_error', [], UNBOUNDED),
  r2: describe('R²', 'higher', REGRESSION, 'r2_score', [], [Number.NEGATIVE_INFINITY, 1]),
};

/** The metric of a name; undefined when there is none. */
export function findMetric(name: string): MetricDescription | undefined {
  return Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;
}
