import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type Repository } from './repository.ts';
import { readRunAnswer, type WorkflowRun } from './runs.ts';

export interface HeadRuns {
  readonly repository: Repository;
  readonly workflowPath: string;
  /** The commit, and the repository that it lies in. */
  readonly head: { readonly sha: string; readonly repositoryId: number };
}

/** The runs of one workflow for pull requests with this very head, newest first; at most 100. */
export async function listHeadRuns(client: Client, wanted: HeadRuns): Promise<WorkflowRun[]> {
  const { repository, workflowPath, head } = wanted;
  const purpose = { doing: `list the runs of ${head.sha.slice(0, 12)}`, needs: 'actions: read' } as const;
  const { data } = await ask(purpose, () =>
    client.rest.actions.listWorkflowRuns({
      ...nameParameters(repository),
      workflow_id: workflowPath.split('/').at(-1) ?? '',
      event: 'pull_request',
      head_sha: head.sha,
      per_page: 100,
    }),
  );
  const isOurs = (run: WorkflowRun) =>
    run.event === 'pull_request' &&
    run.headSha === head.sha &&
    run.headRepository?.id === head.repositoryId &&
    run.repositoryId === repository.id &&
    run.workflowPath === workflowPath;
  return data.workflow_runs
    .map(readRunAnswer)
    .filter(isOurs)
    .sort((a, b) => b.id - a.id);
}
