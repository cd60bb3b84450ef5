import type { EvidenceSet } from '../../evidence/document.ts';
import type { Interval, Metric } from '../../evidence/schema/evaluation.ts';
import { formatAmount, formatDifference, formatInterval, formatMetric } from '../numbers.ts';
import { createLines, createMark, explainLack, type Judged, type Line, type RuleMark } from './metric-rows.ts';
import { directionOfMetric, titleOfMetric } from './metric-title.ts';

/** One number of one slice. */
export interface SliceRow {
  readonly metric: string;
  readonly title: string;
  /** The column; empty for values that a rule judged together. */
  readonly column: string;
  readonly value: string;
  readonly n: number;
  readonly score: number | null;
  readonly interval: Interval | undefined;
  /** Why a score has no interval; empty where it has one, and where there is no score. */
  readonly unsure: string;
  /** The same metric on all rows. */
  readonly overall: number | null;
  readonly marks: readonly RuleMark[];
  readonly lines: readonly Line[];
  readonly reason: string;
}

/** Values with fewer rows say little alone: they are grouped, unless a rule judges them. */
export const FEW_ROWS = 10;

/** The numbers of slices as a reader wants them. */
export interface ArrangedSlices {
  /** Metric by metric and column by column, the worst value first; those without a number last. */
  readonly rows: readonly SliceRow[];
  /** Those of few rows, in the same order. */
  readonly small: readonly SliceRow[];
}

/** Puts the worst slice first, and the small ones apart. */
export function arrangeSlices(all: readonly SliceRow[]): ArrangedSlices {
  const metrics = [...new Set(all.map(({ metric }) => metric))];
  const columns = [...new Set(all.map(({ column }) => column))].sort((a, b) => Number(a === '') - Number(b === ''));
  const places = new Map(
    all.map((row) => [row, metrics.indexOf(row.metric) * columns.length + columns.indexOf(row.column)]),
  );
  const sorted = all.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || computeRank(a) - computeRank(b));
  const isSmall = ({ n, marks, column }: SliceRow) => n < FEW_ROWS && marks.length === 0 && column !== '';
  return { rows: sorted.filter((row) => !isSmall(row)), small: sorted.filter(isSmall) };
}

/** The smaller, the worse; without a number last. Of a metric without a direction all are alike. */
function computeRank({ score, metric }: SliceRow): number {
  const direction = directionOfMetric(metric);
  if (score === null) return Number.MAX_VALUE;
  return direction === undefined ? 0 : direction === 'higher' ? score : -score;
}

/** Every number of every slice in the order of the evidence, then the values that rules judged together. */
export function computeSliceRows(evidence: EvidenceSet): SliceRow[] {
  const metrics = evidence.evaluation?.metrics ?? [];
  const judged = (evidence.verdict?.rules ?? []).flatMap((rule) =>
    rule.cases.filter((item) => item.slice !== undefined).map((item): Judged => ({ rule, item })),
  );
  const seen = new Set<Judged>();
  const rows = metrics.flatMap((metric) => {
    if (metric.slice === undefined) return [];
    const cases = findCases(judged, metric, metric.slice);
    for (const one of cases) seen.add(one);
    const overall = metrics.find((other) => other.slice === undefined && isSame(other, metric));
    return [createRow(metric, metric.slice, cases, overall)];
  });
  const pooled = judged.filter((one) => !seen.has(one) && one.item.outcome !== 'not-applicable');
  return [...rows, ...pooled.map((one) => createPooledRow(one, metrics))];
}

function createRow(
  metric: Metric,
  slice: { readonly column: string; readonly value: string },
  cases: readonly Judged[],
  overall: Metric | undefined,
): SliceRow {
  return {
    metric: metric.name,
    title: titleOfMetric(metric.name),
    ...slice,
    n: metric.n,
    score: metric.value,
    interval: metric.interval,
    unsure: explainLack(metric),
    overall: overall?.value ?? null,
    marks: cases.map(createMark),
    lines: createLines(cases),
    reason: metric.value === null ? (metric.reason ?? 'It could not be measured; no reason was given.') : '',
  };
}

/** A case that is no slice of the evaluation: small values together, or a value that only the baseline has. */
function createPooledRow(judged: Judged, metrics: readonly Metric[]): SliceRow {
  const { rule, item } = judged;
  const { candidate: value, n, reason, interval } = item;
  const noInterval = item.baseline === null ? undefined : 'the limits are those of the difference';
  const about = { name: rule.metric, value, n, source: 'computed', reason } as const;
  const metric: Metric = { ...about, ...(noInterval && { noInterval }) };
  const measured = interval && item.baseline === null ? { ...metric, interval } : metric;
  const overall = metrics.find((other) => other.slice === undefined && other.name === rule.metric);
  return createRow(measured, { column: '', value: item.slice ?? '' }, [judged], overall);
}

/** How a row names its slice: `island = Dream`. */
export function nameSlice({ column, value }: Pick<SliceRow, 'column' | 'value'>): string {
  return column === '' ? value : `${column} = ${value}`;
}

function isSame(a: Metric, b: Metric): boolean {
  return a.name === b.name && a.positive === b.positive && a.group === b.group;
}

/** A case names its slice by the value; equal numbers tell equal values of two columns apart. */
function findCases(judged: readonly Judged[], metric: Metric, slice: { readonly value: string }): Judged[] {
  return judged.filter(
    ({ rule, item }) =>
      rule.metric === metric.name && item.slice === slice.value && (item.candidate ?? metric.value) === metric.value,
  );
}

/**
 * The slice that is furthest on the bad side of the first metric that has slices, one of few rows only where all are;
 * undefined where none was measured.
 */
export function findWorstSlice(rows: readonly SliceRow[]): SliceRow | undefined {
  const metric = rows.find((row) => row.score !== null && directionOfMetric(row.metric) !== undefined)?.metric;
  if (metric === undefined) return undefined;
  const sign = directionOfMetric(metric) === 'lower' ? -1 : 1;
  const scored = rows.filter((row) => row.metric === metric && row.score !== null);
  const large = scored.filter(({ n }) => n >= FEW_ROWS);
  const measured = large.length > 0 ? large : scored;
  return measured.reduce((worst, row) => (sign * (row.score ?? 0) < sign * (worst.score ?? 0) ? row : worst));
}

/** The worst slice as a sentence. */
export function describeWorstSlice(row: SliceRow): string {
  const lead = `Weakest slice: ${nameSlice(row)}, ${row.title} ${formatMetric(row.score)}`;
  const limits = row.interval ? ` (${formatInterval(row.interval)})` : '';
  const rows = ` on ${formatAmount(row.n, 'row')}`;
  if (row.overall === null || row.score === null) return `${lead}${limits}${rows}.`;
  const difference = row.score - row.overall;
  if (difference === 0) return `${lead}${limits}${rows}, the same as the whole test set.`;
  const size = formatDifference(Math.abs(difference)).slice(1);
  return `${lead}${limits}${rows}, ${size} ${difference < 0 ? 'below' : 'above'} the whole test set.`;
}
