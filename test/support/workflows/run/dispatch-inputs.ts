import { evaluateToken } from '../expressions/templates.ts';
import type { Plain } from '../expressions/values.ts';
import type { InputDeclaration } from '../syntax/triggers.ts';

/**
 * `inputs` of a workflow that was started by hand: the payload's texts with the types and defaults of the declaration.
 * Throws for an input that it lacks and for one that it does not declare.
 */
export function readDispatchInputs(
  declared: ReadonlyMap<string, InputDeclaration>,
  given: Readonly<Record<string, Plain | undefined>>,
): Record<string, Plain> {
  const unknown = Object.keys(given).find((name) => !declared.has(name));
  if (unknown !== undefined) throw new Error(`Unexpected inputs provided: ["${unknown}"]`);
  return Object.fromEntries(
    [...declared].map(([name, input]) => {
      const value = given[name] ?? (input.default ? evaluateToken(input.default, { contexts: {} }) : undefined);
      if (value === undefined && input.required) throw new Error(`Required input '${name}' not provided`);
      return [name, coerce(value, input)];
    }),
  );
}

function coerce(value: Plain | undefined, { options, type }: InputDeclaration): Plain {
  const text = String(value ?? '');
  if (type === 'boolean') return text === 'true';
  if (type === 'number') return Number(text);
  if (type === 'choice' && !options?.includes(text)) throw new Error(`"${text}" is none of the options`);
  return text;
}
