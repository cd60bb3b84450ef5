import {
  describe,
  type MetricDescription,
  type MetricParameter,
  RANKING,
  REGRESSION,
  UNBOUNDED,
} from './description.ts';

const ALPHA: MetricParameter = { name: 'alpha', least: 0.001, greatest: 0.999, whole: false, optional: false };
const CUT: MetricParameter = { name: 'k', least: 1, greatest: 10_000, whole: true, optional: true };
const MUST_CUT: MetricParameter = { ...CUT, optional: false };
const POSITIVE_LOSS = { range: UNBOUNDED } as const;
const EXPLAINED = { range: [Number.NEGATIVE_INFINITY, 1] } as const;

/** Metrics of predicted numbers. */
export const REGRESSION_METRICS: Readonly<Record<string, MetricDescription>> = {
  mae: describe('Mean absolute error', 'lower', REGRESSION, 'mean_absolute_error', POSITIVE_LOSS),
  mse: describe('Mean squared error', 'lower', REGRESSION, 'mean_squared_error', POSITIVE_LOSS),
  rmse: describe('Root mean squared error', 'lower', REGRESSION, 'root_mean_squared_error', POSITIVE_LOSS),
  r2: describe('R²', 'higher', REGRESSION, 'r2_score', EXPLAINED),
  mape: describe(
    'Mean absolute percentage error',
    'lower',
    REGRESSION,
    'mean_absolute_percentage_error',
    POSITIVE_LOSS,
  ),
  smape: describe('Symmetric mean absolute percentage error', 'lower', REGRESSION, '2|e| over |truth| + |prediction|', {
    range: [0, 2],
  }),
  'median-absolute-error': describe(
    'Median absolute error',
    'lower',
    REGRESSION,
    'median_absolute_error',
    POSITIVE_LOSS,
  ),
  pinball: describe('Pinball loss', 'lower', REGRESSION, 'mean_pinball_loss', { ...POSITIVE_LOSS, parameter: ALPHA }),
  'explained-variance': describe('Explained variance', 'higher', REGRESSION, 'explained_variance_score', EXPLAINED),
  'interval-coverage': describe(
    'Interval coverage',
    'higher',
    REGRESSION,
    'the share of rows whose truth lies between the predicted limits, ends included',
    { needs: ['limits'] },
  ),
};

/** Metrics of orders, each a mean over queries. */
export const RANKING_METRICS: Readonly<Record<string, MetricDescription>> = {
  ndcg: describe('NDCG', 'higher', RANKING, 'ndcg_score', { parameter: CUT }),
  map: describe(
    'Mean average precision',
    'higher',
    RANKING,
    'label_ranking_average_precision_score’s mean over the relevant items',
    {
      parameter: CUT,
    },
  ),
  mrr: describe('Mean reciprocal rank', 'higher', RANKING, 'one over the place of the first relevant item', {
    parameter: CUT,
  }),
  'recall-at': describe('Recall at k', 'higher', RANKING, 'the share of the relevant items among the first k', {
    parameter: MUST_CUT,
  }),
};
