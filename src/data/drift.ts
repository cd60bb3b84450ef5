import type { Engine } from '../engine/connection.ts';
import type { CrossCheck } from '../evidence/schema/data.ts';
import type { CheckedDataset } from './dataset-check.ts';
import { type ColumnSummary, DRIFT_TABLES, loadColumns, summariseColumn } from './drift-columns.ts';
import { countNumbers, countTexts } from './drift-counts.ts';
import { decideCategorical, decideNumeric, decideShare } from './drift-decision.ts';
import { showName } from './naming.ts';
import { promiseOf, type SharedColumn, shareColumn } from './shared-column.ts';
import { countOf } from './wording.ts';

interface DriftRequest {
  /** The greatest share of the columns that may be distributed differently, 0 to 1. */
  readonly maxShare: number;
  /** The columns to compare; by default all that both data sets have and that do not tell rows apart. */
  readonly columns?: readonly string[];
  /** Columns that tell rows apart, left out by default. */
  readonly keys: readonly string[];
}

type Result = Omit<CrossCheck, 'place'>;
type Comparison =
  | { readonly kind: 'same' | 'drifted'; readonly text: string }
  | { readonly kind: 'unmeasured' | 'left-out'; readonly text: string };

/** Fewer rows than this say nothing about a distribution. */
const MIN_ROWS = 30;
/** Numbers with at most so many distinct values are compared as categories, as Evidently does. */
const FEW_VALUES = 5;
/** More categories than this are no categories. */
const MAX_CATEGORIES = 10_000;
/** A reason speaks of so many columns. */
const MAX_NAMED = 20;

/** Compares how the columns of two data sets are distributed; `from` is the reference. */
export async function checkDrift(
  engine: Engine,
  from: CheckedDataset,
  to: CheckedDataset,
  request: DriftRequest,
): Promise<Result> {
  const results = new Map<string, Comparison>();
  const few = [from, to].find(({ table }) => table.rows < MIN_ROWS);
  if (few) {
    const reason = `${showName(few.source.name)} has ${countOf(few.table.rows, 'row')}; below ${MIN_ROWS} nothing can be said`;
    return { ...describeResults(results, from, to, request), outcome: 'cannot-measure', reason };
  }
  const compared: SharedColumn[] = [];
  for (const name of request.columns ?? from.table.columns.map((column) => column.name)) {
    const column = shareColumn(name, from, to);
    const excuse = column && !request.columns ? findExcuse(column, from, to, request.keys) : undefined;
    if (excuse) results.set(name, excuse);
    else if (column) compared.push(column);
    else results.set(name, { kind: request.columns ? 'unmeasured' : 'left-out', text: 'not in both data sets' });
  }
  await loadColumns(engine, [from, to], compared);
  for (const [position, column] of compared.entries()) {
    results.set(column.name, await compareColumn(engine, position, column, from, request));
  }
  for (const table of DRIFT_TABLES) await engine.run(`drop table if exists ${table}`);
  return describeResults(results, from, to, request);
}

function describeResults(
  results: ReadonlyMap<string, Comparison>,
  from: CheckedDataset,
  to: CheckedDataset,
  { maxShare }: DriftRequest,
): Result {
  const list = (kind: Comparison['kind']) => [...results].filter(([, result]) => result.kind === kind);
  const [drifted, unmeasured, leftOut] = [list('drifted'), list('unmeasured'), list('left-out')];
  const all = results.size - leftOut.length;
  const count = drifted.length;
  const sizes = `${from.table.rows} rows against ${to.table.rows}`;
  const head = `${count} of ${countOf(all, 'column')} ${count === 1 || all === 1 ? 'is' : 'are'} distributed differently (${sizes})`;
  const reason = [
    all === 0 ? 'there is no column to compare' : count > 0 ? `${head}: ${listResults(drifted)}` : head,
    unmeasured.length > 0 ? `could not be measured: ${listResults(unmeasured)}` : '',
    leftOut.length > 0 ? `left out: ${listResults(leftOut)}` : '',
  ];
  const [a, b] = [showName(from.source.name), showName(to.source.name)];
  const percent = `${Number((maxShare * 100).toPrecision(4))}%`;
  return {
    text: `at most ${percent} of the columns of ${b} are distributed differently from ${a}`,
    rule: 'drift',
    outcome: decideShare(count, unmeasured.length, all, maxShare),
    count,
    share: all === 0 ? 0 : count / all,
    reason: reason.filter(Boolean).join('; '),
    examples: [],
  };
}

function findExcuse(
  { name, type }: SharedColumn,
  from: CheckedDataset,
  to: CheckedDataset,
  keys: readonly string[],
): Comparison | undefined {
  const isKey = [from, to].some((dataset) => {
    const column = dataset.table.columns.find((candidate) => candidate.name === name);
    const promise = column && promiseOf(dataset, column);
    return promise !== undefined && dataset.source.contract?.promises.keys.includes(promise.property);
  });
  if (isKey || keys.includes(name)) return { kind: 'left-out', text: 'it tells rows apart' };
  // Data are split by time more often than not, so that a date would differ by design.
  if (type === 'date' || type === 'timestamp') return { kind: 'left-out', text: `a ${type}` };
  return undefined;
}

async function compareColumn(
  engine: Engine,
  position: number,
  { type }: SharedColumn,
  from: CheckedDataset,
  request: DriftRequest,
): Promise<Comparison> {
  const summary = await summariseColumn(engine, position);
  const numeric =
    type === undefined ? summary.values.every((count, side) => count === summary.numbers[side]) : isNumeric(type);
  if (type === undefined && !numeric && mixesNumbers(summary)) {
    return { kind: 'unmeasured', text: 'numbers in one data set, and not only numbers in the other' };
  }
  const counts = numeric ? summary.numbers : summary.values;
  const few = counts.findIndex((count) => count < MIN_ROWS);
  if (few >= 0) return { kind: 'unmeasured', text: `${countOf(counts[few] ?? 0, 'value')} in one data set` };
  if (numeric && summary.distinct[0] > FEW_VALUES) {
    return conclude(decideNumeric(await countNumbers(engine, position, summary), from.table.rows));
  }
  const excuse = findTextExcuse(summary);
  if (excuse) return { kind: request.columns ? 'unmeasured' : 'left-out', text: excuse };
  const { first, second } = await countTexts(engine, position);
  return conclude(decideCategorical(first, second, from.table.rows));
}

function isNumeric(type: NonNullable<SharedColumn['type']>): boolean {
  return type === 'integer' || type === 'number' || type === 'date' || type === 'timestamp';
}

/** Whether what one data set has as numbers holds something else, such as NA, in the other. */
function mixesNumbers({ values, numbers, distinct }: ColumnSummary): boolean {
  return values.some((count, side) => count > 0 && count === numbers[side] && (distinct[side] ?? 0) > FEW_VALUES);
}

function findTextExcuse({ values, distinct }: ColumnSummary): string | undefined {
  if (values.every((count, side) => count === distinct[side])) return 'all values differ';
  return distinct[0] + distinct[1] > MAX_CATEGORIES ? `more than ${MAX_CATEGORIES} different values` : undefined;
}

function conclude({ drifted, text }: { drifted: boolean; text: string }): Comparison {
  return { kind: drifted ? 'drifted' : 'same', text };
}

function listResults(results: readonly (readonly [name: string, result: Comparison])[]): string {
  const named = results.slice(0, MAX_NAMED).map(([name, { text }]) => `${showName(name)} (${text})`);
  const more = results.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
