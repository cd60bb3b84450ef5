import type { EvidenceSet } from '../../evidence/document.ts';
import type { Place, RuleOutcome } from '../../evidence/schema/envelope.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { isOpen, STAGE_TITLE } from '../wording.ts';

/** One value of a slice that a rule did not pass on. */
interface ProblemCase {
  readonly slice: string;
  readonly outcome: RuleOutcome;
  readonly reason: string;
}

/** Something that did not pass: a stage, a rule or a control. */
export interface Problem {
  readonly kind: 'stage' | 'rule' | 'control';
  readonly id: string;
  readonly outcome: RuleOutcome;
  /** True where it does not block on its own: level warn, or waived. */
  readonly tolerated: boolean;
  /** Why it does not block: `warning only`, `waived`; empty where it does. */
  readonly tolerance: string;
  /** What was asked, in words. */
  readonly text: string;
  readonly reason: string;
  readonly cases: readonly ProblemCase[];
  readonly place: Place | undefined;
}

interface Judgement {
  readonly outcome: RuleOutcome;
  readonly waived?: boolean;
  readonly level?: 'error' | 'warn';
}

const SEVERITY: Readonly<Record<RuleOutcome, number>> = {
  fail: 0,
  'cannot-measure': 1,
  'not-applicable': 2,
  pass: 3,
};

function describeTolerance({ waived, level }: Judgement): string {
  return waived ? 'waived' : level === 'warn' ? 'warning only' : '';
}

/** What failed or could not be measured, the worst first: what blocks before what does not. */
export function computeProblems(evidence: EvidenceSet): Problem[] {
  const { verdict } = evidence;
  if (verdict === undefined) return computeStageProblems(evidence);
  const problems = [...stagesOf(verdict), ...rulesOf(verdict), ...controlsOf(verdict)];
  return problems.toSorted(
    (a, b) => Number(a.tolerated) - Number(b.tolerated) || SEVERITY[a.outcome] - SEVERITY[b.outcome],
  );
}

/** Without a verdict the documents speak for their stages. */
function computeStageProblems(evidence: EvidenceSet): Problem[] {
  const { data, training, prediction, evaluation } = evidence;
  const reasons = [
    { document: data, reason: 'See the findings under Data.' },
    ...[training, prediction, evaluation].map((document) => ({ document, reason: document?.reason ?? '' })),
  ];
  return reasons.flatMap(({ document, reason }) =>
    document && isOpen(document) ? [createProblem('stage', STAGE_TITLE[document.kind], document, '', reason)] : [],
  );
}

function stagesOf(verdict: VerdictEvidence): Problem[] {
  return verdict.stages
    .filter(isOpen)
    .map((stage) => createProblem('stage', STAGE_TITLE[stage.stage], stage, '', stage.reason));
}

function rulesOf(verdict: VerdictEvidence): Problem[] {
  return verdict.rules.filter(isOpen).map((rule) => ({
    ...createProblem('rule', rule.id, rule, rule.text, rule.reason),
    cases: rule.cases.flatMap(({ slice, outcome, reason }) =>
      slice !== undefined && isOpen({ outcome }) ? [{ slice, outcome, reason }] : [],
    ),
    place: rule.place,
  }));
}

function controlsOf(verdict: VerdictEvidence): Problem[] {
  return verdict.controls.filter(isOpen).map((control) => {
    const observed = verdict.governanceMode === 'observe' && !control.waived;
    const problem = createProblem('control', control.id, control, control.text, control.reason);
    return {
      ...problem,
      ...(observed && { tolerated: true, tolerance: 'observed only' }),
      place: control.place,
    };
  });
}

function createProblem(kind: Problem['kind'], id: string, judged: Judgement, text: string, reason: string): Problem {
  const tolerance = describeTolerance(judged);
  return {
    kind,
    id,
    outcome: judged.outcome,
    tolerated: tolerance !== '',
    tolerance,
    text,
    reason: reason === '' ? 'No reason was given.' : reason,
    cases: [],
    place: undefined,
  };
}
