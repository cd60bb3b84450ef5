import type { EvidenceSet } from '../../evidence/document.ts';
import type { RuleOutcome } from '../../evidence/schema/envelope.ts';
import type { Interval, Metric } from '../../evidence/schema/evaluation.ts';
import type { RuleCase, RuleResult } from '../../evidence/schema/verdict.ts';
import { directionOfMetric, titleOfMetric } from './metric-title.ts';

/** A rule as it stands beside a number. */
export interface RuleMark {
  readonly id: string;
  readonly text: string;
  readonly outcome: RuleOutcome;
  /** True where a failure does not block: level warn, or waived. */
  readonly tolerated: boolean;
  readonly withinNoise: boolean;
}

/** What a rule allows of the candidate itself, not of a difference. */
export interface Line extends RuleMark {
  readonly low?: number;
  readonly high?: number;
}

/** One number of the whole test set, and what the rules make of it. */
export interface MetricRow {
  readonly title: string;
  /** What the number was computed for: `positive: Adelie, group: sex`; empty for most. */
  readonly qualifier: string;
  readonly direction: 'higher' | 'lower' | undefined;
  /** The column whose groups it compares; empty for most. */
  readonly group: string;
  /** Who says so, where it is not us alone: `reported (out/metrics.json: eval.acc)`, `self-reported`; else empty. */
  readonly origin: string;
  /** True for one of the numbers that one metric has for several classes. */
  readonly byClass: boolean;
  readonly value: number | null;
  readonly n: number;
  readonly interval: Interval | undefined;
  /** Why a value has no interval; empty where it has one, and where there is no value. */
  readonly unsure: string;
  readonly baseline: number | null;
  readonly difference: number | null;
  readonly differenceInterval: Interval | undefined;
  readonly marks: readonly RuleMark[];
  readonly lines: readonly Line[];
  /** Why there is no value; empty where there is one. */
  readonly reason: string;
}

/** A rule and one of its cases. */
export interface Judged {
  readonly rule: RuleResult;
  readonly item: RuleCase;
}

/** One row for each metric of the whole test set, and one for each further baseline that it was compared with. */
export function computeMetricRows(evidence: EvidenceSet): MetricRow[] {
  const { evaluation } = evidence;
  const metrics = (evaluation?.metrics ?? []).filter((metric) => metric.slice === undefined);
  const selfReported = evaluation?.selfReported === true;
  const isGiven = evaluation?.parents.every(({ kind }) => kind !== 'training' && kind !== 'prediction') === true;
  const left = (evidence.verdict?.rules ?? []).flatMap((rule) =>
    rule.cases.filter((item) => item.slice === undefined).map((item): Judged => ({ rule, item })),
  );
  const rows = metrics.flatMap((metric) => {
    const mine = left.filter((judged) => belongs(judged, metric, metrics));
    for (const judged of mine) left.splice(left.indexOf(judged), 1);
    const byClass = mine.length === 0 && isByClass(metric, metrics);
    const given = isGiven && metric.source === 'reported' ? ', written by no command of this run' : '';
    return rowsOfMetric(metric, mine).map((row) => ({
      ...row,
      byClass,
      origin: row.origin === '' && selfReported ? 'self-reported' : `${row.origin}${given}`,
    }));
  });
  const names = [...new Set(left.map(({ rule }) => rule.metric))];
  return [...rows, ...names.flatMap((name) => rowsWithoutMetric(name, left))];
}

/** Whether a metric stands for one of several classes; what compares groups does not. */
function isByClass({ name, positive, group }: Metric, all: readonly Metric[]): boolean {
  if (positive === undefined || group !== undefined) return false;
  return all.some((other) => other.name === name && other.positive !== undefined && other.positive !== positive);
}

/** Metrics of one name differ by positive class or group, which a rule does not repeat: then the value decides. */
function belongs({ rule, item }: Judged, metric: Metric, all: readonly Metric[]): boolean {
  if (rule.metric !== metric.name) return false;
  return all.filter(({ name }) => name === metric.name).length === 1 || item.candidate === metric.value;
}

function rowsWithoutMetric(name: string, left: readonly Judged[]): MetricRow[] {
  const mine = left.filter(({ rule, item }) => rule.metric === name && item.outcome !== 'not-applicable');
  const first = mine[0]?.item;
  if (first === undefined) return [];
  const metric: Metric = { name, value: first.candidate, n: first.n, source: 'computed' };
  return rowsOfMetric(first.candidate === null ? { ...metric, reason: first.reason } : metric, mine);
}

function rowsOfMetric(metric: Metric, judged: readonly Judged[]): MetricRow[] {
  const relative = judged.filter(({ item }) => item.baseline !== null);
  const absolute = judged.filter(({ item }) => item.baseline === null);
  const first = createRow(
    metric,
    absolute,
    relative.filter(({ item }) => item.baseline === relative[0]?.item.baseline),
  );
  const further = relative.filter(({ item }) => item.baseline !== relative[0]?.item.baseline);
  return [first, ...further.map((one) => createRow(metric, [], [one]))];
}

function createRow(metric: Metric, absolute: readonly Judged[], relative: readonly Judged[]): MetricRow {
  const compared = relative[0]?.item;
  const ruled = absolute.find(({ item }) => item.interval)?.item;
  return {
    title: titleOfMetric(metric.name),
    qualifier: [metric.positive && `positive: ${metric.positive}`, metric.group && `groups: ${metric.group}`]
      .filter(Boolean)
      .join(', '),
    direction: directionOfMetric(metric.name),
    group: metric.group ?? '',
    origin: describeOrigin(metric),
    byClass: false,
    value: metric.value,
    n: metric.n,
    interval: metric.interval ?? ruled?.interval,
    unsure: ruled?.interval ? '' : explainLack(metric),
    baseline: compared?.baseline ?? null,
    difference: compared?.difference ?? null,
    differenceInterval: compared?.interval,
    marks: [...absolute, ...relative].map(createMark),
    lines: createLines([...absolute, ...relative]),
    reason: metric.value === null ? (metric.reason ?? 'It could not be measured; no reason was given.') : '',
  };
}

/** Why a number of the evidence has no interval; empty where it has one, and where there is no number. */
export function explainLack({ value, interval, noInterval }: Metric): string {
  if (value === null || interval) return '';
  return noInterval ?? 'the evidence does not say why';
}

function describeOrigin({ source, from, interval }: Metric): string {
  if (source !== 'reported') return '';
  const origin = from ? `reported (${from.path}: ${from.key})` : 'reported by the user’s script';
  return interval ? `${origin}, its interval is the file’s own claim` : origin;
}

/** The mark of a rule, with the outcome of one of its cases. */
export function createMark({ rule, item }: Judged): RuleMark {
  return {
    id: rule.id,
    text: rule.text,
    outcome: item.outcome,
    tolerated: rule.level === 'warn' || rule.waived,
    withinNoise: item.withinNoise,
  };
}

/** What rules allow, on the scale of the candidate: a difference is counted from the baseline. */
export function createLines(judged: readonly Judged[]): Line[] {
  return judged.flatMap((one) => {
    const { low, high } = one.item.allowed ?? {};
    const start = one.item.baseline ?? 0;
    const line = {
      ...createMark(one),
      ...(low !== undefined && { low: start + low }),
      ...(high !== undefined && { high: start + high }),
    };
    return low === undefined && high === undefined ? [] : [line];
  });
}
