import { RequestError } from 'octokit';
import { UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, parseRepositoryName, type Repository, type RepositoryName } from './repository.ts';

/** A run of a workflow, as the API tells it now. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  /** What started it: `pull_request`. */
  readonly event: string;
  readonly status: string;
  /** Null until it is completed. Anything but `success` is no success. */
  readonly conclusion: string | null;
  readonly headSha: string;
  readonly headBranch: string;
  /** Undefined when a fork was deleted. */
  readonly headRepository: Repository | undefined;
  readonly repositoryId: number;
  /** `.github/workflows/x.yml`. */
  readonly workflowPath: string;
  readonly url: string;
  /** Who started its first attempt. Empty where GitHub does not tell. */
  readonly actor: string;
  /** Who started its newest attempt. */
  readonly triggeringActor: string;
}

/** A run as the API tells it. */
export type RunAnswer = Awaited<ReturnType<Client['rest']['actions']['getWorkflowRun']>>['data'];

/** Reads a run again. Throws a UserMistake when GitHub refuses. */
export async function readRun(client: Client, repository: RepositoryName, id: number): Promise<WorkflowRun> {
  return await ask({ doing: `read the workflow run ${id}`, needs: 'actions: read' }, async () => {
    const { data } = await client.rest.actions.getWorkflowRun({ ...nameParameters(repository), run_id: id });
    return readRunAnswer(data);
  });
}

/** Reads a run again; undefined where there is none with that id. Throws a UserMistake when GitHub refuses. */
export async function findRun(
  client: Client,
  repository: RepositoryName,
  id: number,
): Promise<WorkflowRun | undefined> {
  try {
    return await readRun(client, repository, id);
  } catch (error) {
    const { cause } = error instanceof UserMistake ? error : { cause: undefined };
    if (cause instanceof RequestError && cause.status === 404) return undefined;
    throw error;
  }
}

export interface TrustedRuns {
  readonly repository: Repository;
  readonly workflowPath: string;
  readonly branch: string;
  /** The run that asks, which is none of them. */
  readonly except?: number;
  /** How many of the newest to look through. GitHub gives 1,000 at most. */
  readonly limit?: number;
}

/**
 * The newest successful runs of one workflow for pushes to one branch of this very repository, newest first, and how many
 * others there are. Only such runs may tell a baseline: a name can be given to anything. None when the workflow never ran.
 * A push of a tag that has the branch's name looks the same: before a run is believed, `isPushedCommit` must say so of its
 * commit.
 */
export async function listTrustedRuns(
  client: Client,
  wanted: TrustedRuns,
): Promise<{ readonly runs: readonly WorkflowRun[]; readonly others: number }> {
  const { repository, workflowPath, branch, except, limit = 300 } = wanted;
  const purpose = { doing: `list the runs of ${workflowPath}`, needs: 'actions: read' } as const;
  const runs: WorkflowRun[] = [];
  await ask(purpose, async () => {
    const pages = client.paginate.iterator(client.rest.actions.listWorkflowRuns, {
      ...nameParameters(repository),
      workflow_id: workflowPath.split('/').at(-1) ?? '',
      branch,
      event: 'push',
      per_page: 100,
    });
    try {
      for await (const { data } of pages) {
        runs.push(...data.map(readRunAnswer));
        if (runs.length >= limit) break;
      }
    } catch (error) {
      if (!(await isUnknownWorkflow(client, wanted, error))) throw error;
    }
  });
  const all = runs.slice(0, limit).filter(({ id }) => id !== except);
  const trusted = all.filter((run) => isTrusted(run, wanted));
  return { runs: trusted, others: all.length - trusted.length };
}

/** "Not there" is told of what may not be seen, too. A workflow that GitHub does not list has no runs for certain. */
async function isUnknownWorkflow(client: Client, wanted: TrustedRuns, error: unknown): Promise<boolean> {
  if (!(error instanceof RequestError) || error.status !== 404) return false;
  const place = { ...nameParameters(wanted.repository), per_page: 100 };
  const known = await client.paginate(client.rest.actions.listRepoWorkflows, place);
  return known.every(({ path }) => path !== wanted.workflowPath);
}

/** The filters of the request spare pages; what counts is what each run says of itself. */
function isTrusted(run: WorkflowRun, { repository, workflowPath, branch }: TrustedRuns): boolean {
  const ours = run.repositoryId === repository.id && run.headRepository?.id === repository.id;
  const passed = run.event === 'push' && run.status === 'completed' && run.conclusion === 'success';
  return ours && passed && run.workflowPath === workflowPath && run.headBranch === branch;
}

/** Turns a run, as the API tells it, into ours. */
export function readRunAnswer(data: RunAnswer): WorkflowRun {
  const head = data.head_repository as { id: number; full_name: string } | null;
  return {
    id: data.id,
    attempt: data.run_attempt ?? 1,
    event: data.event,
    status: data.status ?? '',
    conclusion: data.conclusion,
    headSha: data.head_sha,
    headBranch: data.head_branch ?? '',
    headRepository: readRepository(head),
    repositoryId: data.repository.id,
    // The API's description shows a path with the ref behind it.
    workflowPath: data.path.split('@', 1)[0] ?? '',
    url: data.html_url,
    actor: data.actor?.login ?? '',
    triggeringActor: data.triggering_actor?.login ?? '',
  };
}

/** The repository that an answer tells of; undefined when it is gone. */
export function readRepository(data: { id: number; full_name: string } | null): Repository | undefined {
  const name = data && parseRepositoryName(data.full_name);
  return data && name ? { ...name, fullName: data.full_name, id: data.id } : undefined;
}
