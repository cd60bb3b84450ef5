import { computeDigest } from '../../evidence/digest.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { Metric } from '../../evidence/schema/evaluation.ts';
import type { LedgerMetric } from '../../evidence/schema/ledger.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { hideSmallMetrics } from '../../report/reveal-slices.ts';
import type { Package } from './package.ts';

/** What the ledger keeps of a release: outcomes, and the numbers of the whole test set unless they are withheld. */
export function gatherFacts(
  evidence: EvidenceSet & { readonly verdict: VerdictEvidence },
  files: readonly FileDigest[],
): Package['facts'] {
  const { verdict, evaluation, data } = evidence;
  const datasets = (data?.datasets ?? []).flatMap(({ name, sha256 }) => (sha256 === null ? [] : [{ name, sha256 }]));
  const testSet = evaluation?.testSet;
  const isListed = datasets.some(({ name, sha256 }) => sha256 === testSet?.sha256 || name === 'labels');
  return {
    verdict: computeDigest(verdict),
    outcome: verdict.outcome,
    metrics: verdict.reveal === 'verdict' ? [] : describeMetrics(evaluation?.metrics ?? [], verdict.reveal),
    rules: verdict.rules.map(({ id, outcome, waived }) => ({ id, outcome, waived })),
    controls: verdict.controls.map(({ id, outcome, waived }) => ({ id, outcome, waived })),
    waivers: verdict.waivers
      .filter(({ active }) => active)
      .map(({ waives, reason, approver, expires }) => ({ waives, reason, approver, expires })),
    data: testSet && !isListed ? [...datasets, { name: 'labels', sha256: testSet.sha256 }] : datasets,
    files: files.map(({ path, sha256, size }) => ({ path, sha256, size })),
  };
}

/**
 * The numbers of the whole test set; one that was computed for several classes or groups is named by them, too. Those of so
 * few rows that they tell their labels have no value, unless rows may be shown.
 */
export function describeMetrics(metrics: readonly Metric[], reveal: VerdictEvidence['reveal']): LedgerMetric[] {
  const all = metrics.filter(({ slice }) => slice === undefined);
  const whole = reveal === 'rows' ? all : hideSmallMetrics(all);
  return whole.map((metric) => {
    const { name, value, n, interval } = metric;
    const isAlone = whole.filter((other) => other.name === name).length === 1;
    return { name: isAlone ? name : nameFully(metric), value, n, ...(interval ? { interval } : {}) };
  });
}

function nameFully({ name, positive, group }: Metric): string {
  const about = [positive, group === undefined ? undefined : `by ${group}`].filter((part) => part !== undefined);
  return about.length === 0 ? name : `${name} (${about.join(' ')})`;
}
