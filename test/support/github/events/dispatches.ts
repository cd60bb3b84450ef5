import type { Repository } from '../handle.ts';
import { createPayload, type Payload } from './payload.ts';

/** `workflow_dispatch`. */
export function createWorkflowDispatchEvent(
  { state }: Repository,
  dispatch: { workflow: string; ref?: string; inputs?: Record<string, string>; sender?: string },
): Payload {
  const { workflow, ref = `refs/heads/${state.defaultBranch}`, inputs = {}, sender = state.owner } = dispatch;
  return createPayload('workflow-dispatch', state, sender, { workflow, ref, inputs });
}

/** `repository_dispatch`: `type` is what GitHub puts into `action`. */
export function createRepositoryDispatchEvent(
  { state }: Repository,
  dispatch: { type: string; payload: Record<string, unknown>; sender?: string },
): Payload {
  const { type, payload, sender = state.owner } = dispatch;
  return createPayload('repository-dispatch-sample.collected', state, sender, {
    action: type,
    branch: state.defaultBranch,
    client_payload: payload,
  });
}
