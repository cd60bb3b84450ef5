import type { Scope } from '../expressions/evaluate.ts';
import { evaluateToken } from '../expressions/templates.ts';
import type { Cancellation } from '../run/cancellation.ts';
import { readRecord } from '../run/contexts.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { Template } from '../syntax/model.ts';

/**
 * Waits for the turn of a workflow or a job in its concurrency group. Gives the function that ends the turn, or
 * undefined when it was cancelled first.
 */
export async function enterGroup(
  concurrency: Template | undefined,
  scope: Scope,
  scheduler: Scheduler,
  cancellation: Cancellation,
): Promise<(() => void) | undefined> {
  if (!concurrency) return cancellation.requested ? undefined : () => {};
  const value = evaluateToken(concurrency, scope);
  const { group = value, 'cancel-in-progress': cancel = false, queue = 'single', ...rest } = readRecord(value) ?? {};
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Error(`Unexpected value '${unknown}' in concurrency`);
  if (typeof group !== 'string' || group === '') throw new Error('concurrency: the group is empty');
  if (queue !== 'single' && queue !== 'max') throw new Error(`concurrency: Unexpected value '${String(queue)}'`);
  if (queue === 'max' && cancel === true) throw new Error('concurrency: queue max does not go with cancel-in-progress');
  return scheduler.enter({ group, cancelInProgress: cancel === true, queue }, cancellation);
}
