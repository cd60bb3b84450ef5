import { parseMetricName } from '../../config/metrics.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { ScoreColumns } from '../score-columns.ts';
import type { Unmeasured } from '../sources.ts';
import {
  createAbsoluteError,
  createCoverage,
  createExplained,
  createPercentageError,
  createPinball,
  createR2,
  createRootSquaredError,
  createSquaredError,
  createSymmetricError,
} from './errors.ts';
import type { Formula } from './formulas.ts';
import { createBrier, createLogLoss, createTopAccuracy } from './losses.ts';
import { createQueryMean, isQueryMetric } from './query-metrics.ts';

type Create = (table: JoinedTable, parameter: number) => Formula | Unmeasured;

/** By the part of the name before an `@`. */
const FORMULAS: Readonly<Record<string, Create>> = {
  'log-loss': withScores(createLogLoss),
  brier: withScores(createBrier),
  'top-k-accuracy': withScores(createTopAccuracy),
  mae: createAbsoluteError,
  mse: createSquaredError,
  rmse: createRootSquaredError,
  r2: createR2,
  mape: createPercentageError,
  smape: createSymmetricError,
  pinball: (_table, alpha) => createPinball(alpha),
  'explained-variance': createExplained,
  'interval-coverage': ({ hasLimits }) =>
    hasLimits ? createCoverage() : { reason: 'the predictions have no `limits`' },
};

const PROPORTIONS = ['top-k-accuracy', 'interval-coverage'];

/** Metrics whose limits are not those of a mean. */
const SMOOTH = ['r2', 'explained-variance'];

/** Whether this family computes the metric. */
export function isAveraged(metric: string): boolean {
  const { base } = parseMetricName(metric);
  return Object.hasOwn(FORMULAS, base) || isQueryMetric(metric);
}

/** Whether it is a mean, or a function that only grows with one, so that the limits are those of a mean. */
export function isMean(metric: string): boolean {
  return !SMOOTH.includes(metric);
}

/** Whether it is a mean of zeros and ones. */
export function isProportion(metric: string): boolean {
  return PROPORTIONS.includes(parseMetricName(metric).base);
}

/** What the metric adds up and makes of it, or why it cannot be had of such rows. */
export function createFormula(metric: string, table: JoinedTable): Formula | Unmeasured {
  if (isQueryMetric(metric)) return createQueryMean(metric);
  const { base, parameter = Number.NaN } = parseMetricName(metric);
  const create = FORMULAS[base];
  if (!create) throw new Error(`no formula for the metric ${metric}`);
  return create(table, parameter);
}

function withScores(
  create: (table: JoinedTable, scores: ScoreColumns, parameter: number) => Formula | Unmeasured,
): Create {
  return (table, parameter) =>
    table.scores ? create(table, table.scores, parameter) : { reason: 'the predictions have no `scores`' };
}
