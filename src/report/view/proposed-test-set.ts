import type { EvidenceSet } from '../../evidence/document.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import type { Metric } from '../../evidence/schema/evaluation.ts';
import { directionOfMetric, titleOfMetric } from './metric-title.ts';

/** One metric of the candidate on both versions of the test set. */
export interface ProposedRow {
  readonly title: string;
  readonly qualifier: string;
  readonly direction: 'higher' | 'lower' | undefined;
  /** On the base's version, which decides. */
  readonly decides: number | null;
  readonly proposed: number | null;
  readonly difference: number | null;
}

/** The candidate on the test set as the change has it. */
export interface ProposedView {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly testSet: string | undefined;
  readonly rows: readonly ProposedRow[];
}

/** Sets the two versions of a changed test set side by side; undefined where it does not change. */
export function computeProposed({ evaluation, verdict }: EvidenceSet): ProposedView | undefined {
  const proposed = verdict?.proposedTestSet;
  if (proposed === undefined) return undefined;
  const known = (evaluation?.metrics ?? []).filter(isOverall);
  return {
    outcome: proposed.outcome,
    reason: proposed.reason,
    testSet: proposed.testSet ?? undefined,
    rows: proposed.metrics.filter(isOverall).map((metric) => {
      const decides = known.find((other) => isSame(other, metric))?.value ?? null;
      const { name, value, positive, group } = metric;
      return {
        title: titleOfMetric(name),
        qualifier: [positive && `positive: ${positive}`, group && `group: ${group}`].filter(Boolean).join(', '),
        direction: directionOfMetric(name),
        decides,
        proposed: value,
        difference: value === null || decides === null ? null : value - decides,
      };
    }),
  };
}

function isOverall({ slice }: Metric): boolean {
  return slice === undefined;
}

function isSame(a: Metric, b: Metric): boolean {
  return a.name === b.name && a.positive === b.positive && a.group === b.group;
}
