import {
  CLASSIFICATION,
  describe,
  type MetricDescription,
  type MetricParameter,
  MULTICLASS,
  UNBOUNDED,
} from './description.ts';

const BETA: MetricParameter = { name: 'beta', least: 0.01, greatest: 100, whole: false, optional: false };
const TOP: MetricParameter = { name: 'k', least: 1, greatest: 1000, whole: true, optional: false };
const POSITIVE = { needs: ['positive'] } as const;
const RANKED = { needs: ['positive', 'scores'] } as const;
const SCORED = { needs: ['scores'] } as const;

const AVERAGES = [
  ['macro', 'Macro'],
  ['micro', 'Micro'],
  ['weighted', 'Weighted'],
] as const;

/** Averages over the classes that occur. */
const AVERAGED = Object.fromEntries(
  AVERAGES.flatMap(([average, title]): [string, MetricDescription][] => {
    const own = (
      metric: string,
      name: string,
      reference: string,
      parameter?: MetricParameter,
    ): [string, MetricDescription] => [
      `${average}-${metric}`,
      describe(
        `${title} ${name}`,
        'higher',
        CLASSIFICATION,
        `${reference}(average="${average}")`,
        parameter ? { parameter } : {},
      ),
    ];
    return [
      own('precision', 'precision', 'precision_score'),
      own('recall', 'recall', 'recall_score'),
      own('f1', 'F1', 'f1_score'),
      own('f-beta', 'F-beta', 'fbeta_score', BETA),
    ];
  }),
);

/** Metrics of classes: from the confusion matrix, and from scores. With `positive`, one class against all others. */
export const CLASSIFICATION_METRICS: Readonly<Record<string, MetricDescription>> = {
  accuracy: describe('Accuracy', 'higher', CLASSIFICATION, 'accuracy_score'),
  'balanced-accuracy': describe('Balanced accuracy', 'higher', CLASSIFICATION, 'balanced_accuracy_score'),
  ...AVERAGED,
  mcc: describe('Matthews correlation', 'higher', CLASSIFICATION, 'matthews_corrcoef', { range: [-1, 1] }),
  'cohen-kappa': describe('Cohen’s kappa', 'higher', CLASSIFICATION, 'cohen_kappa_score', { range: [-1, 1] }),
  precision: describe('Precision', 'higher', CLASSIFICATION, 'precision_score', POSITIVE),
  recall: describe('Recall', 'higher', CLASSIFICATION, 'recall_score', POSITIVE),
  f1: describe('F1', 'higher', CLASSIFICATION, 'f1_score', POSITIVE),
  'f-beta': describe('F-beta', 'higher', CLASSIFICATION, 'fbeta_score', { ...POSITIVE, parameter: BETA }),
  specificity: describe('Specificity', 'higher', CLASSIFICATION, 'recall_score of the other classes', POSITIVE),
  cost: describe('Mean cost', 'lower', CLASSIFICATION, 'the mean of evaluate.costs over the rows', {
    needs: ['costs'],
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  }),
  'top-k-accuracy': describe('Top-k accuracy', 'higher', MULTICLASS, 'top_k_accuracy_score', {
    ...SCORED,
    parameter: TOP,
  }),
  'roc-auc': describe('ROC AUC', 'higher', CLASSIFICATION, 'roc_auc_score', RANKED),
  'roc-auc-ovr': describe('ROC AUC, one-vs-rest', 'higher', MULTICLASS, 'roc_auc_score(multi_class="ovr")', SCORED),
  'roc-auc-ovr-weighted': describe(
    'ROC AUC, one-vs-rest, weighted',
    'higher',
    MULTICLASS,
    'roc_auc_score(multi_class="ovr", average="weighted")',
    SCORED,
  ),
  'roc-auc-ovo': describe('ROC AUC, one-vs-one', 'higher', MULTICLASS, 'roc_auc_score(multi_class="ovo")', SCORED),
  'roc-auc-ovo-weighted': describe(
    'ROC AUC, one-vs-one, weighted',
    'higher',
    MULTICLASS,
    'roc_auc_score(multi_class="ovo", average="weighted")',
    SCORED,
  ),
  'average-precision': describe('Average precision', 'higher', CLASSIFICATION, 'average_precision_score', RANKED),
  'macro-average-precision': describe(
    'Macro average precision',
    'higher',
    MULTICLASS,
    'average_precision_score(average="macro")',
    SCORED,
  ),
  'log-loss': describe('Log loss', 'lower', CLASSIFICATION, 'log_loss', { ...SCORED, range: UNBOUNDED }),
  brier: describe('Brier score', 'lower', CLASSIFICATION, 'brier_score_loss', { ...SCORED, range: [0, 2] }),
  ece: describe('Expected calibration error', 'lower', CLASSIFICATION, '15 equal-width bins of the top score', SCORED),
  'adaptive-ece': describe(
    'Adaptive calibration error',
    'lower',
    CLASSIFICATION,
    '15 bins of the top score with equally many rows',
    SCORED,
  ),
};
