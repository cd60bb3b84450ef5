import type { Scope } from '../expressions/evaluate.ts';
import { evaluateText } from '../expressions/templates.ts';
import type { Action } from '../syntax/action.ts';
import type { UsesStep } from '../syntax/model.ts';

/**
 * The value of every input that the action declares. Throws for one that it does not: GitHub only warns, but such an
 * input is always a mistake.
 */
export function evaluateInputs(step: UsesStep, action: Action, scope: Scope): Record<string, string> {
  const given = new Map([...step.with].map(([name, token]) => [name.toLowerCase(), evaluateText(token, scope)]));
  const known = new Set([...action.inputs.keys()].map((name) => name.toLowerCase()));
  const unexpected = [...step.with.keys()].filter((name) => !known.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = [...action.inputs.keys()].map((name) => `'${name}'`).join(', ');
    throw new Error(
      `Unexpected input(s) ${unexpected.map((name) => `'${name}'`).join(', ')}, valid inputs are [${valid}]`,
    );
  }
  return Object.fromEntries(
    [...action.inputs].map(([name, fallback]) => {
      const value = given.get(name.toLowerCase()) ?? (fallback ? evaluateText(fallback, scope) : '');
      return [name, value];
    }),
  );
}

/** `INPUT_*`, as node actions read them. */
export function createInputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}
