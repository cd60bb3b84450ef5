import type { Scope } from '../expressions/evaluate.ts';
import { evaluateText } from '../expressions/templates.ts';
import type { Step } from '../syntax/model.ts';

/** The name that GitHub shows for a step; without one, what it runs. */
export function describeStep(step: Step, scope: Scope): string {
  if (step.name) return evaluateText(step.name, scope);
  if (step.kind === 'uses') return `Run ${step.uses}`;
  return `Run ${evaluateText(step.run, scope).trim().split('\n')[0]}`;
}
