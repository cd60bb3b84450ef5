import type { Scope } from '../expressions/evaluate.ts';
import { evaluateToken } from '../expressions/templates.ts';
import { readRecord } from '../run/contexts.ts';
import type { Template } from '../syntax/model.ts';

/**
 * `environment:` of a job before it starts: a name, or `name`, `url` and `deployment`. The address is read again when the
 * job has started.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idenvironment
 */
export function readEnvironment(
  token: Template | undefined,
  scope: Scope,
): { readonly name: string; readonly deployment: boolean } | undefined {
  if (!token) return undefined;
  const value = evaluateToken(token, scope);
  const { name: given = value, deployment = true, url: _, ...rest } = readRecord(value) ?? {};
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Error(`Unexpected value '${unknown}' in environment`);
  const name = given ?? '';
  if (typeof name !== 'string') throw new Error('environment: the name is no text');
  // A name that comes to nothing is no environment.
  return name === '' ? undefined : { name, deployment: deployment !== false };
}
