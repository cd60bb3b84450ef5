import { type EvidenceSet, listChecks } from '../evidence/document.ts';
import type { Outcome } from '../evidence/schema/envelope.ts';
import { redactEvidence } from '../report/reveal.ts';

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
      .map(({ name, value }) => [name, value]),
  );
  return {
    verdict: outcome,
    ...(data ? { 'data-findings': String(findings.filter((finding) => finding.outcome !== 'pass').length) } : {}),
    ...(evaluation
      ? {
          ...(evaluation.join ? { 'test-rows': String(evaluation.join.matched) } : {}),
          metrics: JSON.stringify(overall),
          ...Object.fromEntries(Object.entries(overall).map(([name, value]) => [name, String(value)])),
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
