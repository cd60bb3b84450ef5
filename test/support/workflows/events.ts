import type { GitHub, Repository } from '../github/start.ts';
import { NotTriggered } from './problems.ts';
import type { RunEvent } from './run/run.ts';

// Which commit and ref a run has, by event:
// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows

/** A pull request as it is now: the run is of its merge with the base. Throws `NotTriggered` for one in conflict. */
export async function createPullRequestRun(
  github: GitHub,
  repository: Repository,
  number: number,
  ...rest: DropTwo<Parameters<GitHub['createEvent']['pullRequest']>>
): Promise<RunEvent> {
  const { merge } = repository.pullRequest(number);
  if (merge === undefined) throw new NotTriggered(`pull request ${number} is in conflict with its base`);
  const payload = await github.createEvent.pullRequest(repository, number, ...rest);
  return { name: 'pull_request', payload, sha: merge, ref: `refs/pull/${number}/merge` };
}

/** A review of a pull request: the run is of the merge too. */
export async function createReviewRun(
  github: GitHub,
  repository: Repository,
  review: ReturnType<Repository['addReview']>,
): Promise<RunEvent> {
  const { merge } = repository.pullRequest(review.pull);
  if (merge === undefined) throw new NotTriggered(`pull request ${review.pull} is in conflict with its base`);
  const payload = await github.createEvent.pullRequestReview(repository, review);
  return { name: 'pull_request_review', payload, sha: merge, ref: `refs/pull/${review.pull}/merge` };
}

/** A run that was requested or has ended: the run that follows is of the default branch, whatever that one was of. */
export async function createWorkflowRunRun(
  github: GitHub,
  repository: Repository,
  runId: number,
  action: 'requested' | 'completed',
): Promise<RunEvent> {
  const payload = await github.createEvent.workflowRun(repository, runId, action);
  return { name: 'workflow_run', payload, ...(await findBranch(repository, repository.defaultBranch)) };
}

/** A push of the head of a branch. */
export async function createPushRun(
  github: GitHub,
  repository: Repository,
  branch: string = repository.defaultBranch,
  before?: string,
): Promise<RunEvent> {
  const { ref, sha } = await findBranch(repository, branch);
  const push = { ref, after: sha, ...(before === undefined ? {} : { before }) };
  return { name: 'push', payload: await github.createEvent.push(repository, push), ref, sha };
}

/** A workflow that somebody starts by hand, of the head of a branch. */
export async function createDispatchRun(
  github: GitHub,
  repository: Repository,
  dispatch: { workflow: string; inputs?: Record<string, string>; sender?: string; branch?: string },
): Promise<RunEvent> {
  const { workflow, inputs, sender, branch = repository.defaultBranch } = dispatch;
  const { ref, sha } = await findBranch(repository, branch);
  const more = { ...(inputs && { inputs }), ...(sender !== undefined && { sender }) };
  const payload = github.createEvent.workflowDispatch(repository, { workflow, ref, ...more });
  return { name: 'workflow_dispatch', payload, ref, sha };
}

/** A comment on an issue: the run is of the default branch. */
export async function createIssueCommentRun(
  github: GitHub,
  repository: Repository,
  comment: ReturnType<Repository['addComment']>,
): Promise<RunEvent> {
  const payload = github.createEvent.issueComment(repository, comment);
  return { name: 'issue_comment', payload, ...(await findBranch(repository, repository.defaultBranch)) };
}

/** A dispatch that a program has sent: the run is of the default branch. */
export async function createRepositoryDispatchRun(
  github: GitHub,
  repository: Repository,
  dispatch: { type: string; payload: Record<string, unknown> },
): Promise<RunEvent> {
  const payload = github.createEvent.repositoryDispatch(repository, dispatch);
  return { name: 'repository_dispatch', payload, ...(await findBranch(repository, repository.defaultBranch)) };
}

/** A group of the merge queue: the run is of the branch that the queue made. */
export async function createMergeGroupRun(
  github: GitHub,
  repository: Repository,
  group: Parameters<GitHub['createEvent']['mergeGroup']>[1],
): Promise<RunEvent> {
  const payload = await github.createEvent.mergeGroup(repository, group);
  const { head_ref: ref } = payload['merge_group'] as { head_ref: string };
  return { name: 'merge_group', payload, ref, sha: group.headSha };
}

async function findBranch(repository: Repository, branch: string): Promise<{ ref: string; sha: string }> {
  const ref = `refs/heads/${branch}`;
  const sha = await repository.resolve(ref);
  if (sha === undefined) throw new Error(`${repository.fullName} has no branch ${branch}`);
  return { ref, sha };
}

type DropTwo<List extends readonly unknown[]> = List extends readonly [unknown, unknown, ...infer Rest] ? Rest : never;
