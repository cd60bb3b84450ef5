import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** A job of a workflow run. */
export interface Job {
  /** Of a called workflow `caller / called`, as often as one calls another. */
  readonly name: string;
  /** Null until it is completed. */
  readonly conclusion: string | null;
  /** ISO 8601, to the second. */
  readonly started: string;
  readonly completed: string | undefined;
}

/** The jobs of a run, each as it was last run. Throws a UserMistake when GitHub refuses. */
export async function listJobs(client: Client, repository: RepositoryName, runId: number): Promise<Job[]> {
  const place = { ...nameParameters(repository), run_id: runId, filter: 'latest' as const, per_page: 100 };
  return await ask({ doing: `list the jobs of run ${runId}`, needs: 'actions: read' }, async () => {
    const all = await client.paginate(client.rest.actions.listJobsForWorkflowRun, place);
    return all.map(({ name, conclusion, started_at, completed_at }) => {
      return { name, conclusion, started: started_at, completed: completed_at ?? undefined };
    });
  });
}
