import type { EvidenceSet } from '../evidence/document.ts';
import { type Annotation, listAnnotations } from '../report/annotations.ts';

/** The runner keeps ten annotations of a level for each step (actions/runner, ExecutionContext.cs). */
const MOST_PER_LEVEL = 10;

/** What did not pass, each on the line of modelgate.yml or of the contract that asked for it. */
export function computeAnnotations(evidence: EvidenceSet): Annotation[] {
  return capAnnotations(listAnnotations(evidence));
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
