import type { RuleResult } from '../evidence/schema/verdict.ts';
import type { Finding } from './finding.ts';

const WORDS: Readonly<Record<RuleResult['outcome'], string>> = {
  pass: 'reached',
  fail: 'not reached',
  'cannot-measure': 'not measured',
  'not-applicable': 'not applicable',
};

/**
 * The outcome of the rule that a control names. A control asks for evidence, so a rule that was not applicable has
 * measured nothing and the control is cannot-measure. A waiver of the rule does not waive the control.
 */
export function decideMetric(id: string, rules: readonly RuleResult[]): Finding {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return { outcome: 'cannot-measure', reason: `The rule \`${id}\` was not decided.` };
  const reason = `The rule \`${id}\` is ${WORDS[rule.outcome]}${rule.waived ? ', and waived' : ''}: ${rule.reason}`;
  if (rule.outcome !== 'not-applicable') return { outcome: rule.outcome, reason };
  return { outcome: 'cannot-measure', reason: `${reason} A control needs a measurement.` };
}
