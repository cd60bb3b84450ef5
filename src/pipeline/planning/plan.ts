import { isReported } from '../../config/metric-problems.ts';
import { requireResolved } from '../../config/resolved-metric.ts';
import type { Config, Rule } from '../../config/schema/modelgate.ts';
import { type MetricRequest, requestOf } from '../../evaluation/requests.ts';
import type { Measurements, Sample, Samples } from '../../evaluation/samples.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { nameView } from '../../evaluation/view.ts';
import type { Comparison } from '../../evidence/schema/verdict.ts';
import { nameBaseline } from '../../gate/baseline.ts';
import { computeCertainty } from '../../gate/certainty.ts';
import { listConditions } from '../../gate/conditions.ts';
import { namePool } from '../../gate/pooling.ts';
import { describeRule } from '../../gate/rule-text.ts';
import type { PlannedCase, PlannedRule } from '../../report/terminal/plan-facts.ts';
import { adviseRule } from './advice.ts';
import { planCase } from './case.ts';
import type { LabelFacts } from './label-facts.ts';
import { findBounded, type RowFacts } from './units.ts';

/** What rules are planned from. */
export interface PlanFacts {
  readonly config: Config;
  readonly labels: LabelFacts;
  /** What was measured, where predictions are at hand. */
  readonly measurements: Measurements;
  readonly comparisons: readonly Comparison[];
  /** Rows to plan for, where not those at hand. */
  readonly rows?: number | undefined;
}

/** The requests of the rules that we compute, on the rows that they judge. */
export function listPlanRequests(config: Config): MetricRequest[] {
  const rules = (config.gates?.rules ?? []).filter(({ metric }) => !isReported(config, metric));
  return rules.map((rule) => {
    const request = requestOf(rule, config.evaluate?.positive);
    return rule.slice === undefined ? request : { ...request, column: nameView(rule.slice) };
  });
}

/** Plans every rule, in the order of the file. */
export function planRules(facts: PlanFacts): PlannedRule[] {
  return (facts.config.gates?.rules ?? []).map((rule) => planRule(facts, rule));
}

function planRule(facts: PlanFacts, rule: Rule): PlannedRule {
  const { config } = facts;
  const budget = config.gates?.budget;
  const certainty = computeCertainty(rule, budget);
  const told = { id: rule.id, text: describeRule(rule, config), confidence: rule.confidence ?? null };
  const replan = (tail: number | undefined) => planCases(facts, rule, tail);
  if (certainty && 'reason' in certainty) {
    const advice = adviseRule(rule, budget, replan);
    return { ...told, error: null, cases: [], sees: false, advice: advice.length > 0 ? advice : [certainty.reason] };
  }
  const cases = replan(certainty?.error);
  const sees = certainty ? cases.length > 0 && cases.every((one) => one.sees === true) : null;
  const blind = cases.some((one) => one.sees === false);
  const advice = sees !== false ? [] : blind ? adviseRule(rule, budget, replan) : [UNKNOWN];
  return { ...told, error: certainty?.error ?? null, cases, sees, advice };
}

const UNKNOWN = 'what it can see is not known before it was measured: run `modelgate run`, and plan again';

/** The values of a slice under `min-rows` are judged together, so they are planned so. */
function planCases(facts: PlanFacts, rule: Rule, tail: number | undefined): PlannedCase[] {
  const { config, labels, measurements } = facts;
  const metric = requireResolved(config, rule.metric);
  const request = requestOf(rule, config.evaluate?.positive);
  const view = rule.slice === undefined ? '' : nameView(rule.slice);
  const [whole] = labels.parts.get('')?.values() ?? [];
  const total = whole?.n ?? 0;
  const name = rule.against === undefined ? undefined : nameBaseline(rule.against);
  const pair = (name === undefined ? undefined : measurements.pairs.get(name)) ?? NO_PAIR;
  const comparison = facts.comparisons.find(({ baseline, reason }) => baseline === name && reason === undefined);
  return listParts(labels, view, rule['min-rows'] ?? 1).flatMap(({ slice, values, rows }) => {
    const samples = { candidate: find(measurements.candidate, view, values), pair: find(pair, view, values) };
    return listConditions(rule).map((condition) =>
      planCase(
        {
          ...{ condition, metric, slice, total, samples, n: rows.n },
          request: view === '' ? request : { ...request, column: view },
          bounded: boundedBy(config, rule, rows),
          growth: facts.rows === undefined || total === 0 ? 1 : facts.rows / total,
          disagreements: comparison?.disagreements,
        },
        tail,
      ),
    );
  });
}

const NO_PAIR: Unmeasured = { reason: 'the baseline is not at hand' };

function find(samples: Samples | Unmeasured, view: string, values: readonly string[]): Sample | Unmeasured {
  if ('reason' in samples) return samples;
  return view === '' ? samples.find() : samples.find(view, values);
}

/** Weights and clusters leave no independent rows whose number alone would bound anything. */
function boundedBy(config: Config, rule: Rule, rows: RowFacts) {
  const { weight, cluster } = config.evaluate?.labels ?? {};
  if (weight !== undefined) return { reason: 'rows count by their weights' };
  if (cluster !== undefined) return { reason: 'rows of a cluster are not independent' };
  return findBounded(requireResolved(config, rule.metric), requestOf(rule, config.evaluate?.positive), rows);
}

interface Part {
  readonly slice: string | undefined;
  readonly values: readonly string[];
  readonly rows: RowFacts;
}

function listParts({ parts }: LabelFacts, view: string, minimum: number): Part[] {
  const all = [...(parts.get(view) ?? [])];
  if (view === '') return all.map(([value, rows]) => ({ slice: undefined, values: [value], rows }));
  const large = all.filter(([, { n }]) => n >= minimum);
  const small = all.filter(([, { n }]) => n < minimum);
  const pooled = small.map(([value]) => value);
  return [
    ...large.map(([value, rows]) => ({ slice: value, values: [value], rows })),
    ...(small.length > 0
      ? [{ slice: namePool(pooled), values: pooled, rows: addRows(small.map(([, rows]) => rows)) }]
      : []),
  ];
}

function addRows(all: readonly RowFacts[]): RowFacts {
  const positives = new Map<string, number>();
  for (const rows of all) for (const [name, n] of rows.positives) positives.set(name, (positives.get(name) ?? 0) + n);
  return { n: all.reduce((sum, { n }) => sum + n, 0), positives };
}
