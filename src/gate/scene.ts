import { type ResolvedMetric, requireResolved } from '../config/resolved-metric.ts';
import type { Config, Rule } from '../config/schema/modelgate.ts';
import { type MetricRequest, requestOf } from '../evaluation/requests.ts';
import type { Measurements, Samples } from '../evaluation/samples.ts';
import type { Unmeasured } from '../evaluation/sources.ts';
import { nameView } from '../evaluation/view.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { type BaselineLookup, nameBaseline } from './baseline.ts';
import { type Certainty, computeCertainty } from './certainty.ts';

/** One rule and all that it is decided with. */
export interface Scene {
  readonly rule: Rule;
  readonly metric: ResolvedMetric;
  /** The metric on all rows. */
  readonly request: MetricRequest;
  /** The name of the view of the rule's slice. */
  readonly view: string | undefined;
  readonly evaluation: EvaluationEvidence;
  readonly against: { readonly name: string; readonly lookup: BaselineLookup | undefined } | undefined;
  /** What was measured of the candidate's rows, or why nothing was. */
  readonly candidate: Samples | Unmeasured;
  /** What was measured of the rows of candidate and baseline together, or why nothing was. */
  readonly pair: Samples | Unmeasured;
  /** Whether rows count alike and each for itself: neither weights nor clusters. */
  readonly plain: boolean;
  /** What `n` counts. */
  readonly unit: 'row' | 'query';
  /** There under `confidence`; or why that cannot be had. */
  readonly certainty: Certainty | Unmeasured | undefined;
}

const NOTHING: Unmeasured = { reason: 'the predictions are not at hand' };

/** Puts together what a rule is decided with. `measurements` hold what was measured on the rows, if anything was. */
export function createScene(
  config: Config,
  rule: Rule,
  evaluation: EvaluationEvidence,
  baselines: readonly BaselineLookup[],
  measurements: Measurements | undefined,
): Scene {
  const metric = requireResolved(config, rule.metric);
  const name = rule.against === undefined ? undefined : nameBaseline(rule.against);
  const labels = config.evaluate?.labels;
  const rowless = { reason: 'a reported number has no rows' };
  const isReported = metric.source === 'reported';
  return {
    rule,
    metric,
    request: requestOf(rule, config.evaluate?.positive),
    view: rule.slice === undefined ? undefined : nameView(rule.slice),
    evaluation,
    against: name === undefined ? undefined : { name, lookup: baselines.find((lookup) => lookup.name === name) },
    candidate: isReported ? rowless : (measurements?.candidate ?? NOTHING),
    pair: isReported ? rowless : ((name === undefined ? undefined : measurements?.pairs.get(name)) ?? NOTHING),
    plain: labels?.weight === undefined && labels?.cluster === undefined,
    unit: config.task === 'ranking' ? 'query' : 'row',
    certainty: computeCertainty(rule, config.gates?.budget),
  };
}

/** “1 row”, “20 queries”. */
export function renderRows(n: number, unit: Scene['unit']): string {
  const plural = unit === 'row' ? 'rows' : 'queries';
  return `${renderCount(n)} ${n === 1 ? unit : plural}`;
}

/** A whole number with a comma before every three digits. */
function renderCount(n: number): string {
  return String(n).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
