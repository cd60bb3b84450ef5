import type { Metric } from '../evidence/schema/evaluation.ts';
import { computeCalibrationError, computeMean } from './calibration.ts';
import { renderKnownClasses } from './class-names.ts';
import { computeCountMetrics, isCountMetric } from './classification.ts';
import { computeParityDifference } from './fairness.ts';
import type { Measured } from './measured.ts';
import { computeRankMetric } from './ranking.ts';
import { computeErrorMetric } from './regression.ts';
import type { MetricRequest } from './requests.ts';
import type { Tallies, Tally } from './tally.ts';

/** Every number that was asked for, in the order of the requests; slices in the order of the tallies. */
export function computeMetrics(tallies: Tallies, requests: readonly MetricRequest[]): Metric[] {
  const columns = [...new Set(requests.map(({ column }) => column))];
  return columns.flatMap((column) => {
    const asked = requests.filter((request) => request.column === column);
    if (column === undefined) return measure(tallies, tallies.whole, asked).map(describe);
    const slices = tallies.columns.get(column) ?? [];
    return slices.flatMap(({ value, tally }) =>
      measure(tallies, tally, asked).map((found) => describe({ ...found, slice: { column, value } })),
    );
  });
}

interface Found {
  readonly request: MetricRequest;
  readonly measured: Measured;
  readonly n: number;
  readonly slice?: { readonly column: string; readonly value: string };
}

function measure(tallies: Tallies, tally: Tally, requests: readonly MetricRequest[]): Found[] {
  const counted = requests.filter(({ name }) => isCountMetric(name));
  const results = computeCountMetrics(tally, tallies.classes, counted);
  return requests.map((request) => ({
    request,
    measured: results[counted.indexOf(request)] ?? measureOne(tallies, tally, request),
    n: tally.n,
  }));
}

function measureOne(tallies: Tallies, tally: Tally, request: MetricRequest): Measured {
  const { name, positive = '', group = '' } = request;
  switch (name) {
    case 'log-loss':
      return computeMean(tally.logLoss);
    case 'brier':
      return computeMean(tally.brier);
    case 'ece':
      return computeCalibrationError(tally.calibration ?? []);
    case 'roc-auc':
      return computeRankMetric(tally.places?.get(positive), positive, tallies.classes);
    case 'demographic-parity-difference':
      return measureParity(tallies, positive, group);
    case 'mae':
    case 'rmse':
    case 'r2':
      return computeErrorMetric(name, tally.errors);
    default:
      throw new Error(`no formula for the metric ${name}`);
  }
}

function measureParity(tallies: Tallies, positive: string, column: string): Measured {
  const at = tallies.classes.indexOf(positive);
  if (at < 0) {
    return { reason: `no row is of, or predicted as, \`${positive}\`${renderKnownClasses(positive, tallies.classes)}` };
  }
  const groups = (tallies.columns.get(column) ?? []).map(({ tally }) => ({
    n: tally.n,
    selected: tally.cells.reduce((sum, cell) => sum + (cell.predicted === at ? cell.count : 0), 0),
  }));
  return computeParityDifference(groups, column);
}

function describe({ request, measured, n, slice }: Found): Metric {
  return {
    name: request.name,
    ...(slice ? { slice: { ...slice } } : {}),
    ...(request.positive === undefined ? {} : { positive: request.positive }),
    ...(request.group === undefined ? {} : { group: request.group }),
    n: measured.n ?? n,
    source: 'computed',
    ...('reason' in measured
      ? { value: null, reason: measured.reason }
      : { value: measured.value, ...(measured.interval ? { interval: measured.interval } : {}) }),
  };
}
