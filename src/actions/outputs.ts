import { type EvidenceSet, listChecks } from '../evidence/document.ts';
import type { Outcome } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence, Metric } from '../evidence/schema/evaluation.ts';
import { redactEvidence } from '../report/reveal.ts';

/** What GitHub takes for the name of an output; `ndcg@10` is in `metrics` only. */
const OUTPUT_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The outputs of an action, by their names in action.yml. Numbers that `reveal` withholds are left out. */
export function computeOutputs(evidence: EvidenceSet, outcome: Outcome): Record<string, string> {
  const { data, evaluation, verdict } = redactEvidence(evidence);
  const findings = listChecks(data);
  const count = (wanted: string) => String(verdict?.rules.filter((rule) => rule.outcome === wanted).length ?? 0);
  const overall = Object.fromEntries(
    (evaluation?.metrics ?? [])
      .filter(({ slice, value }) => slice === undefined && value !== null)
      // The first of a name is the one of `evaluate.metrics`; a rule may ask for another class or group.
      .reverse()
      .map((metric) => [nameNumber(metric, evaluation?.task), metric.value]),
  );
  return {
    verdict: outcome,
    ...(data ? { 'data-findings': String(findings.filter((finding) => finding.outcome !== 'pass').length) } : {}),
    ...(evaluation
      ? {
          ...(evaluation.join ? { 'test-rows': String(evaluation.join.matched) } : {}),
          metrics: JSON.stringify(overall),
          ...Object.fromEntries(
            Object.entries(overall)
              .filter(([name]) => OUTPUT_NAME.test(name))
              .map(([name, value]) => [name, String(value)]),
          ),
        }
      : {}),
    ...(verdict
      ? {
          'rules-passed': count('pass'),
          'rules-failed': count('fail'),
          'rules-unmeasured': count('cannot-measure'),
        }
      : {}),
  };
}

/** Among several classes, the metric of one class is called after it, as `precision[Adelie]`. */
function nameNumber({ name, positive }: Metric, task: EvaluationEvidence['task'] | undefined): string {
  return positive !== undefined && task === 'multiclass-classification' ? `${name}[${positive}]` : name;
}
