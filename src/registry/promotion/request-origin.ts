import { normaliseLogin } from '../../config/logins.ts';
import type { Client } from '../../github/client.ts';
import type { Issue } from '../../github/issues.ts';
import { isPushedCommit } from '../../github/pushed-commits.ts';
import type { Repository } from '../../github/repository.ts';
import { findRun, type WorkflowRun } from '../../github/runs.ts';
import { isBot, listAskers } from './asked.ts';
import type { PromotionRequest } from './request.ts';
import { readRecord } from './request-record.ts';
import { renderRequestTitle } from './request-text.ts';

/** Which runs may ask: those of the workflow that answers, on the default branch. */
export interface RequestPlace {
  readonly repository: Repository;
  /** `.github/workflows/x.yml` */
  readonly workflowPath: string;
  readonly defaultBranch: string;
}

/** Who else asks, or why an issue counts for nothing. */
export type RequestOrigin = { readonly triggeredBy: readonly string[] } | { readonly fault: string };

/**
 * Asks GitHub whether the run that a request names has asked for that: any job that may write issues can open one under our
 * login, with any text. So the run must be one that a person started on the default branch, of this very workflow, at a
 * commit that was pushed there, and the whole text of the issue must be what that run has kept of it.
 */
export async function readOrigin(
  client: Client,
  place: RequestPlace,
  issue: Issue,
  request: PromotionRequest,
): Promise<RequestOrigin> {
  const { repository, defaultBranch } = place;
  const { id, attempt } = request.run;
  const run = await findRun(client, repository, id);
  if (run === undefined) return { fault: `there is no run ${id}` };
  const fault = findRunFault(run, place, request);
  if (fault !== undefined) return { fault: `the run ${id} ${fault}` };
  if (!(await isPushedCommit(client, repository, defaultBranch, run.headSha))) {
    const commit = run.headSha.slice(0, 12);
    return { fault: `the run ${id} is of ${commit}, none of the newest commits that were pushed to ${defaultBranch}` };
  }
  const record = await readRecord(client, repository, { id, attempt });
  if (record === undefined) return { fault: `attempt ${attempt} of the run ${id} keeps no request (any more)` };
  if (normalise(record) !== normalise(issue.body) || issue.title !== renderRequestTitle(request)) {
    return { fault: `attempt ${attempt} of the run ${id} asked for something else` };
  }
  const [, ...triggeredBy] = listAskers({
    ...request,
    triggeredBy: [...(request.triggeredBy ?? []), run.triggeringActor],
  });
  return { triggeredBy };
}

function findRunFault(
  run: WorkflowRun,
  { repository, workflowPath, defaultBranch }: RequestPlace,
  { requestedBy, run: { attempt } }: PromotionRequest,
): string | undefined {
  if (run.repositoryId !== repository.id || run.headRepository?.id !== repository.id) return 'is of another repository';
  if (run.workflowPath !== workflowPath) return `is of ${run.workflowPath}`;
  if (run.event !== 'workflow_dispatch') return `was started by ${run.event}`;
  if (run.headBranch !== defaultBranch) return `is of ${run.headBranch}`;
  if (run.attempt < attempt) return `has no attempt ${attempt}`;
  if (normaliseLogin(run.actor) !== normaliseLogin(requestedBy)) return `was started by ${run.actor}`;
  const bot = [run.actor, run.triggeringActor].find((login) => login === '' || isBot(login));
  return bot === undefined ? undefined : `was started by ${bot || 'nobody'}, who is no person`;
}

/** GitHub may write the ends of lines its own way. */
function normalise(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
