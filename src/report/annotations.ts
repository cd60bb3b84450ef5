import { type EvidenceSet, listChecks } from '../evidence/document.ts';
import type { Place } from '../evidence/schema/envelope.ts';
import { redactEvidence } from './reveal.ts';

/** One remark on a line of the user's. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly place: Place | undefined;
}

/** What did not pass, each on the line of modelgate.yml or of the contract that asked for it. All of them. */
export function listAnnotations(evidence: EvidenceSet): Annotation[] {
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
  return [...broken, ...rules, ...controls, ...listBudget(verdict)];
}

/** A budget that is spent, soon will be, or that nobody could count. */
function listBudget(verdict: EvidenceSet['verdict']): Annotation[] {
  const budget = verdict?.budget;
  if (!budget || budget.state === 'open') return [];
  const stops = budget.whenSpent === 'cannot-measure' && budget.state !== 'nearly-spent' && verdict?.mode === 'enforce';
  const title = `Test-set budget ${budget.id}`;
  return [{ level: stops ? 'error' : 'warning', title, message: budget.text, place: undefined }];
}
