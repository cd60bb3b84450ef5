import type { Rule } from '../../config/schema/modelgate.ts';
import type { MetricRequest } from '../../evaluation/requests.ts';
import type { Measurements, Samples } from '../../evaluation/samples.ts';
import type { RuleOutcome } from '../../evidence/schema/envelope.ts';
import type { EvaluationEvidence, Metric } from '../../evidence/schema/evaluation.ts';
import type { BaselineLookup } from '../../gate/baseline.ts';
import { decideRules } from '../../gate/rules.ts';
import { performSteps } from '../patience.ts';
import type { Run } from '../run.ts';

/** Rules that are decided on the same rows: those against one baseline, or those against none. */
export interface RuleGroup {
  readonly rules: readonly Rule[];
  readonly requests: readonly MetricRequest[];
  readonly evaluation: EvaluationEvidence;
  readonly baseline: Extract<BaselineLookup, { readonly state: 'found' }> | undefined;
}

/** What each rule comes to on some rows, by its id. */
export async function decideOn(run: Run, group: RuleGroup, samples: Samples): Promise<Map<string, RuleOutcome>> {
  const { requests, evaluation, baseline } = group;
  const own = { ...evaluation, metrics: measureAll(samples, requests, 0) };
  const lookup = baseline && {
    ...baseline,
    evaluation: { ...baseline.evaluation, metrics: measureAll(samples, requests, 1) },
  };
  const pairs = new Map(baseline ? [[baseline.name, samples]] : []);
  return decideGroup(run, group.rules, own, lookup ? [lookup] : [], { candidate: samples, pairs });
}

/** What each relative rule comes to for the candidate against itself. */
export async function decideItself(
  run: Run,
  rules: readonly Rule[],
  evaluation: EvaluationEvidence,
  names: readonly string[],
): Promise<Map<string, RuleOutcome>> {
  const lookups = names.map((name) => ({ name, state: 'found', text: 'the candidate itself', evaluation }) as const);
  return decideGroup(run, rules, evaluation, lookups, undefined);
}

async function decideGroup(
  { project, signal }: Run,
  rules: readonly Rule[],
  evaluation: EvaluationEvidence,
  lookups: readonly BaselineLookup[],
  measurements: Measurements | undefined,
): Promise<Map<string, RuleOutcome>> {
  const { config, locate } = project;
  const own = { ...config, gates: { ...config.gates, rules: [...rules] } };
  const results = await performSteps(decideRules(own, locate, evaluation, lookups, measurements), signal);
  return new Map(results.map(({ id, outcome }) => [id, outcome]));
}

/** Numbers as evidence holds them, without limits: the rows tell those. */
function measureAll(samples: Samples, requests: readonly MetricRequest[], side: 0 | 1): Metric[] {
  return requests.flatMap((request) => {
    const { column, name, positive, group } = request;
    const about = { name, ...(positive === undefined ? {} : { positive }), ...(group === undefined ? {} : { group }) };
    const values = column === undefined ? [undefined] : samples.listValues(column).map(({ value }) => value);
    return values.map((value): Metric => {
      const sample = column === undefined || value === undefined ? samples.find() : samples.find(column, [value]);
      const found = 'reason' in sample ? sample : sample.estimate(request, side);
      return {
        ...about,
        ...(column === undefined || value === undefined ? {} : { slice: { column, value } }),
        n: 'reason' in found ? ('reason' in sample ? 0 : sample.n) : found.n,
        source: 'computed',
        ...('reason' in found ? { value: null, reason: found.reason } : { value: found.value }),
      };
    });
  });
}
