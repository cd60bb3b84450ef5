import type { Engine } from '../../engine/connection.ts';
import { gatherQuantileBins } from '../../statistics/quantile-bins.ts';
import { promiseOf, type SharedColumn, shareColumn } from '../crosswise/shared-column.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { countOf } from '../findings/wording.ts';
import { isNumeric } from '../profile/ordinals.ts';
import { type ColumnSummary, DRIFT_TABLES, loadColumns, summariseColumn } from './columns.ts';
import { countNumbers, countTexts } from './counts.ts';
import type { Compared, Excused } from './decision.ts';
import { chooseMethod, findThreshold, type Method, measureNumbers, measureShares } from './methods.ts';
import type { DriftRequest } from './request.ts';

/** More categories than this are no categories. */
const MAX_CATEGORIES = 10_000;
/** Numbers with more distinct values in the reference are split by its quantiles where shares are compared. */
const MAX_SINGLE = 20;
const PARTS = 10;

/** Compares the columns of two data sets; `from` is the reference. In the order of its columns. */
export async function comparePair(
  engine: Engine,
  from: CheckedDataset,
  to: CheckedDataset,
  request: DriftRequest,
): Promise<(Compared | Excused)[]> {
  const names = request.columns ?? from.table.columns.map((column) => column.name);
  const shared = names.map((name) => shareColumn(name, from, to));
  const results = names.map((name, at): Compared | Excused | undefined =>
    excuseColumn(name, shared[at], from, to, request),
  );
  const open = shared.flatMap((column, at) => (column && !results[at] ? [column] : []));
  await loadColumns(engine, [from, to], open);
  try {
    for (const [position, column] of open.entries()) {
      const at = shared.indexOf(column);
      results[at] = await compareColumn(engine, position, column, from, request);
    }
  } finally {
    for (const table of DRIFT_TABLES) await engine.run(`drop table if exists ${table}`);
  }
  return results.flatMap((result) => (result ? [result] : []));
}

function excuseColumn(
  name: string,
  column: SharedColumn | undefined,
  from: CheckedDataset,
  to: CheckedDataset,
  request: DriftRequest,
): Excused | undefined {
  const base = { name, n: [0, 0] as const };
  if (!column) return { ...base, kind: request.columns ? 'unmeasured' : 'left-out', text: 'not in both data sets' };
  if (request.columns) return undefined;
  if (isKey(name, [from, to], request)) return { ...base, kind: 'left-out', text: 'it tells rows apart' };
  // Data are split by time more often than not, so that a date would differ by design.
  const { type } = column;
  if (type === 'date' || type === 'timestamp') return { ...base, kind: 'left-out', text: `a ${type}` };
  return undefined;
}

/** Whether a column tells rows apart, as a contract or another check says. */
export function isKey(name: string, datasets: readonly CheckedDataset[], { keys }: DriftRequest): boolean {
  const promised = datasets.some((dataset) => {
    const column = dataset.table.columns.find((candidate) => candidate.name === name);
    const promise = column && promiseOf(dataset, column);
    return promise !== undefined && dataset.source.contract?.promises.keys.includes(promise.property);
  });
  return promised || keys.includes(name);
}

async function compareColumn(
  engine: Engine,
  position: number,
  { name, type }: SharedColumn,
  from: CheckedDataset,
  request: DriftRequest,
): Promise<Compared | Excused> {
  const summary = await summariseColumn(engine, position);
  const numeric =
    type === undefined ? summary.values.every((count, side) => count === summary.numbers[side]) : isNumeric(type);
  const n = numeric ? summary.numbers : summary.values;
  const excuse = (text: string, mayLeaveOut = false): Excused => {
    return { name, n, kind: mayLeaveOut && !request.columns ? 'left-out' : 'unmeasured', text };
  };
  if (type === undefined && !numeric && mixesNumbers(summary)) {
    return excuse('numbers in one data set, and not only numbers in the other');
  }
  const few = n.find((count) => count < request.minRows);
  if (few !== undefined) return excuse(`${countOf(few, 'value')} in one data set`);
  const subject = { numeric, distinct: summary.distinct[0], rows: from.table.rows, stored: false };
  const method = chooseMethod(request.method, subject);
  if (typeof method !== 'string') return excuse(method.unmeasured, true);
  const threshold = findThreshold(method, request.threshold);
  const text =
    isDistance(method) || (numeric && summary.distinct[0] > MAX_SINGLE) ? undefined : findTextExcuse(summary);
  if (text !== undefined) return excuse(text, true);
  const measurement = await measure(engine, position, method, summary, numeric);
  return 'unmeasured' in measurement ? excuse(measurement.unmeasured) : { name, n, threshold, measurement };
}

async function measure(engine: Engine, position: number, method: Method, summary: ColumnSummary, numeric: boolean) {
  if (isDistance(method)) return measureNumbers(method, await countNumbers(engine, position, summary));
  if (!numeric || summary.distinct[0] <= MAX_SINGLE) {
    const counts = await countTexts(engine, position);
    return measureShares(method, counts, `${counts.first.length} values`);
  }
  const bins = gatherQuantileBins(await countNumbers(engine, position, summary), PARTS);
  return measureShares(method, bins, `${bins.first.length} bins by quantiles of the reference`);
}

function isDistance(method: Method): method is 'ks' | 'wasserstein' {
  return method === 'ks' || method === 'wasserstein';
}

/** Whether what one data set has as numbers holds something else, such as NA, in the other. */
function mixesNumbers({ values, numbers, distinct }: ColumnSummary): boolean {
  return values.some((count, side) => count > 0 && count === numbers[side] && (distinct[side] ?? 0) > 5);
}

function findTextExcuse({ values, distinct }: ColumnSummary): string | undefined {
  if (values.every((count, side) => count === distinct[side])) return 'all values differ';
  return distinct[0] + distinct[1] > MAX_CATEGORIES ? `more than ${MAX_CATEGORIES} different values` : undefined;
}
