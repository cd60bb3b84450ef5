import type { Repository } from '../handle.ts';
import { keepRuns } from '../records/runs.ts';
import { showRun } from '../show-run.ts';
import { writeTime } from '../world.ts';
import { createPayload, type Payload } from './payload.ts';

/** `workflow_run` of a run as it is now. */
export async function createWorkflowRunEvent(
  { state }: Repository,
  runId: number,
  action: 'requested' | 'completed',
): Promise<Payload> {
  const run = state.part(keepRuns).find(runId);
  if (run === undefined) throw new Error(`${state.fullName} has no run ${runId}`);
  const time = writeTime(run.created);
  const workflow = {
    id: run.workflowId,
    node_id: `W_${run.workflowId}`,
    name: run.name,
    path: run.workflowPath,
    state: 'active',
    created_at: time,
    updated_at: time,
    url: `${state.apiUrl}/actions/workflows/${run.workflowId}`,
    html_url: `${state.htmlUrl}/blob/${state.defaultBranch}/${run.workflowPath}`,
    badge_url: `${state.htmlUrl}/workflows/${run.workflowId}/badge.svg`,
  };
  const parts = { action, workflow, workflow_run: await showRun(state, run) };
  return createPayload(`workflow-run-${action}`, state, run.actor, parts);
}
