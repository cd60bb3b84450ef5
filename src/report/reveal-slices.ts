import { findMetric } from '../config/metrics.ts';
import type { RuleOutcome } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence, Metric } from '../evidence/schema/evaluation.ts';
import type { Comparison, RuleCase, RuleResult, VerdictEvidence } from '../evidence/schema/verdict.ts';
import { WITHHELD_REASON } from './wording.ts';

/** The numbers of fewer rows are nearly their labels. */
const LEAST_ROWS = 5;
export const WITHHELD_SLICE = 'so few rows that their numbers would tell their labels';
const WORST_FIRST = ['fail', 'cannot-measure', 'pass', 'not-applicable'] as const satisfies readonly RuleOutcome[];

/**
 * The evaluation without what rests on fewer than 5 rows: numbers of slices, of the whole test set, and of a fairness whose
 * smallest group is that small; the same object where there are none. Of a column as many more values lose theirs, the
 * smallest first, as it takes for at least 5 rows: one alone follows from all the others.
 */
export function hideSmallSlices(evaluation: EvaluationEvidence): EvaluationEvidence {
  const metrics = hideSmallMetrics(evaluation.metrics);
  const { outcome, confusion, curves, ...rest } = evaluation;
  const tells = confusion !== null && isFew(confusion.counts.flat().reduce((sum, count) => sum + count, 0));
  if (metrics === evaluation.metrics && !tells) return evaluation;
  const fewRows =
    tells || metrics.some((metric, at) => metric !== evaluation.metrics[at] && !metric.slice && !metric.group);
  return {
    ...rest,
    outcome,
    metrics,
    confusion: fewRows ? null : confusion,
    ...(curves && !fewRows ? { curves } : {}),
    ...(fewRows && outcome !== 'pass' ? { reason: WITHHELD_REASON[outcome] } : {}),
  };
}

/** Whether so many rows are so few that a number tells their labels; of none there is nothing to tell. */
function isFew(n: number): boolean {
  return n > 0 && n < LEAST_ROWS;
}

/** Whether a number that is of no slice rests on so few rows. What somebody reported, we did not read from labels. */
function isFewMetric({ slice, source, n }: Metric): boolean {
  return slice === undefined && source === 'computed' && isFew(n);
}

/** The same of metrics alone. */
export function hideSmallMetrics(metrics: Metric[]): Metric[] {
  const columns = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const { name, positive, group, slice } = metric;
    if (slice === undefined) continue;
    const key = JSON.stringify([name, positive, group, slice.column]);
    const column = columns.get(key);
    if (column) column.push(metric);
    else columns.set(key, [metric]);
  }
  const hidden = new Set([...[...columns.values()].flatMap(findSmall), ...metrics.filter(isFewMetric)]);
  const isOpen = (metric: Metric) => hidden.has(metric) && metric.reason !== WITHHELD_SLICE;
  return metrics.some(isOpen) ? metrics.map((metric) => (isOpen(metric) ? hideMetric(metric) : metric)) : metrics;
}

function hideMetric({ interval: _interval, noInterval: _noInterval, ...metric }: Metric): Metric {
  return { ...metric, value: null, reason: WITHHELD_SLICE };
}

/** The verdict without the numbers of fewer than 5 rows; the same object where there are none. */
export function hideSmallCases(verdict: VerdictEvidence): VerdictEvidence {
  const { reason, rules, comparisons, proposedTestSet } = verdict;
  const shown = rules.map(hideRuleCases);
  const proposed = proposedTestSet && hideSmallMetrics(proposedTestSet.metrics);
  const moved = comparisons?.some((one) => isFew(one.rows) || movedFew(one));
  if (shown.every((rule, at) => rule === rules[at]) && proposed === proposedTestSet?.metrics && !moved) return verdict;
  const tells = rules.some((rule, at) => rule !== shown[at] && reason.includes(rule.reason));
  return {
    ...verdict,
    reason: tells ? WITHHELD_REASON[verdict.outcome] : reason,
    rules: shown,
    ...(comparisons && { comparisons: comparisons.map(hideFewCompared) }),
    ...(proposedTestSet && proposed && { proposedTestSet: { ...proposedTestSet, metrics: proposed } }),
  };
}

/** What is withheld has one outcome, the worst: that of a slice of one row is its label, too. */
function hideRuleCases(rule: RuleResult): RuleResult {
  const isComputed = findMetric(rule.metric) !== undefined;
  const hidden = new Set([
    ...findSmall(rule.cases.filter(({ slice }) => slice !== undefined)),
    ...rule.cases.filter(({ slice, n }) => slice === undefined && isComputed && isFew(n)),
  ]);
  if (hidden.size === 0) return rule;
  const outcomes = new Set([...hidden].map(({ outcome }) => outcome));
  const outcome = WORST_FIRST.find((one) => outcomes.has(one)) ?? 'cannot-measure';
  const cases = rule.cases.map((one) => (hidden.has(one) ? hideCase(one, outcome) : one));
  return cases.every((one, at) => isSame(one, rule.cases[at]))
    ? rule
    : { ...rule, reason: WITHHELD_REASON[rule.outcome], cases };
}

function hideCase({ slice, n }: RuleCase, outcome: RuleOutcome): RuleCase {
  const about = { ...(slice === undefined ? {} : { slice }), n, outcome, reason: WITHHELD_SLICE };
  return { ...about, candidate: null, baseline: null, difference: null, withinNoise: false };
}

function isSame(one: RuleCase, other: RuleCase | undefined): boolean {
  return one.reason === other?.reason && one.outcome === other.outcome && one.candidate === other.candidate;
}

function hideFewCompared(comparison: Comparison): Comparison {
  const { baseline, rows } = comparison;
  return isFew(rows) ? { baseline, rows: 0, disagreements: 0, reason: WITHHELD_SLICE } : hideMoved(comparison);
}

function movedFew({ moved }: Comparison): boolean {
  return moved !== undefined && moved.n < LEAST_ROWS;
}

function hideMoved(comparison: Comparison): Comparison {
  const { moved: _moved, ...rest } = comparison;
  return movedFew(comparison) ? rest : comparison;
}

/** Those of fewer than 5 rows, and the next, smallest first, until they have 5 together. Values without rows tell nothing. */
function findSmall<T extends { readonly n: number }>(all: readonly T[]): T[] {
  const sorted = all.filter(({ n }) => n > 0).toSorted((one, other) => one.n - other.n);
  const few = sorted.filter(({ n }) => n < LEAST_ROWS);
  if (few.length === 0) return [];
  let [rows, taken] = [0, 0];
  for (const { n } of sorted) {
    if (taken >= few.length && rows >= LEAST_ROWS) break;
    rows += n;
    taken += 1;
  }
  return sorted.slice(0, taken);
}
