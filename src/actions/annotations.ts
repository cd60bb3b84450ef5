import { type EvidenceSet, listChecks } from '../evidence/document.ts';
import type { Place } from '../evidence/schema/envelope.ts';
import { redactEvidence } from '../report/reveal.ts';

/** One remark on a line of the user's, as the runner shows it. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly place: Place | undefined;
}

/** The runner keeps ten annotations of a level for each step (actions/runner, ExecutionContext.cs). */
const MOST_PER_LEVEL = 10;

/** What did not pass, each on the line of modelgate.yml or of the contract that asked for it. */
export function computeAnnotations(evidence: EvidenceSet): Annotation[] {
  const { data, verdict } = redactEvidence(evidence);
  const findings = listChecks(data);
  const broken = findings
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ rule, column, level, reason, place }) => ({
      level: level === 'warn' ? ('warning' as const) : ('error' as const),
      title: column === undefined ? rule : `${column}: ${rule}`,
      message: reason,
      place,
    }));
  const rules = (verdict?.rules ?? [])
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'cannot-measure')
    .map(({ id, level, waived, reason, place }) => ({
      level: level === 'warn' || waived || verdict?.mode === 'observe' ? ('warning' as const) : ('error' as const),
      title: `Rule ${id}`,
      message: reason,
      place,
    }));
  const controls = (verdict?.controls ?? [])
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ id, waived, reason, place }) => ({
      level: waived || verdict?.governanceMode === 'observe' ? ('warning' as const) : ('error' as const),
      title: `Control ${id}`,
      message: reason,
      place,
    }));
  return capAnnotations([...broken, ...rules, ...controls]);
}

/** Keeps what the runner will show; the last of a level that had too many says how many are only in the report. */
export function capAnnotations(annotations: readonly Annotation[]): Annotation[] {
  return (['error', 'warning'] as const).flatMap((level) => {
    const all = annotations.filter((annotation) => annotation.level === level);
    if (all.length <= MOST_PER_LEVEL) return all;
    const rest = all.length - MOST_PER_LEVEL + 1;
    const note = { level, title: 'And more', message: `${rest} more are in the report.`, place: undefined };
    return [...all.slice(0, MOST_PER_LEVEL - 1), note];
  });
}
