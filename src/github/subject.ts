import { UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import type { RunContext } from './context.ts';
import { checkEvent, type PullRequest, parsePayload } from './event.ts';
import { findPullRequests } from './pull-requests.ts';
import { readRun, type WorkflowRun } from './runs.ts';

/** What an event asks to judge. */
export interface Subject {
  readonly kind: 'pull-request' | 'merge-group' | 'push';
  /** Only of a pull request. */
  readonly number?: number;
  readonly head: {
    readonly sha: string;
    readonly repository: string;
    readonly repositoryId: number;
    /** The name of the branch. */
    readonly ref: string;
  };
  /** The tip of the branch to merge into; absent for a push, which judges itself. */
  readonly base?: { readonly sha: string; readonly ref: string };
  readonly draft: boolean;
  readonly fork: boolean;
  /** The login of who opened the pull request. */
  readonly author?: string;
}

/** There is nothing left to judge: closed, moved on, deleted. */
export interface Gone {
  readonly kind: 'gone';
  readonly reason: string;
}

/**
 * One commit is the head of open pull requests into several branches. A check belongs to a commit, so it could not pass for one base and
 * fail for another: whoever meets this must refuse, and never let the check pass.
 */
export interface Ambiguous {
  readonly kind: 'ambiguous';
  readonly numbers: readonly number[];
  readonly reason: string;
}

export interface Finding {
  readonly subject: Subject | Gone | Ambiguous;
  /** The run that a workflow_run event told of, read again. Anything but its success must not pass. */
  readonly run?: WorkflowRun;
}

/**
 * Finds what to judge. Of a workflow_run, everything comes from the API and nothing from an artifact: the run must be one
 * of `expected` (`.github/workflows/x.yml`) in this repository, and its pull request is found by head repository and commit.
 * Throws a UserMistake for an event that names no subject, and for a run of something else.
 */
export async function findSubject(context: RunContext, client: Client, expected?: string): Promise<Finding> {
  const event = checkEvent(context.event);
  if (event === 'workflow_run') return await findSubjectOfRun(context, client, expected);
  if (event === 'merge_group') {
    const { merge_group: group } = parsePayload(event, context.payload);
    const base = { sha: group.base_sha, ref: stripHeads(group.base_ref) };
    return { subject: { ...inside(context, 'merge-group', group.head_sha, stripHeads(group.head_ref)), base } };
  }
  if (event === 'push') {
    const push = parsePayload(event, context.payload);
    if (!push.ref.startsWith('refs/heads/')) {
      const fix = 'Start the workflow on branches: "on: { push: { branches: [main] } }".';
      throw new UserMistake({ found: `a push of ${push.ref} names no branch to judge`, fix });
    }
    if (push.deleted) return { subject: { kind: 'gone', reason: `${push.ref} was deleted` } };
    return { subject: inside(context, 'push', push.after, stripHeads(push.ref)) };
  }
  return { subject: readPullRequestSubject(parsePayload(event, context.payload).pull_request) };
}

/** Turns a pull request into a subject. */
export function readPullRequestSubject(pull: PullRequest): Subject | Gone {
  const { number, head, base, user } = pull;
  if (pull.state !== 'open') return { kind: 'gone', reason: `pull request ${number} is closed` };
  if (head.repo === null) return { kind: 'gone', reason: `the fork of pull request ${number} was deleted` };
  return {
    kind: 'pull-request',
    number,
    head: { sha: head.sha, repository: head.repo.full_name, repositoryId: head.repo.id, ref: head.ref },
    base: { sha: base.sha, ref: base.ref },
    draft: pull.draft ?? false,
    fork: head.repo.id !== base.repo.id,
    ...(user && { author: user.login }),
  };
}

async function findSubjectOfRun(context: RunContext, client: Client, expected?: string): Promise<Finding> {
  const payload = parsePayload('workflow_run', context.payload);
  const run = await readRun(client, context.repository, payload.workflow_run.id);
  if (run.repositoryId !== context.repository.id || (expected !== undefined && run.workflowPath !== expected)) {
    const found = `the run ${run.id} is of ${run.workflowPath}, not of ${expected ?? context.repository.fullName}`;
    const fix = 'Name the workflow that runs on pull requests, and give no other workflow its name.';
    throw new UserMistake({ found, fix });
  }
  if (run.attempt > payload.workflow_run.run_attempt) {
    return { run, subject: { kind: 'gone', reason: `the run ${run.id} was started again meanwhile` } };
  }
  return { run, subject: await findJudged(context, client, run) };
}

async function findJudged(context: RunContext, client: Client, run: WorkflowRun): Promise<Finding['subject']> {
  const event = checkEvent(run.event);
  const { headRepository: repository, headBranch: branch, headSha: sha } = run;
  if (repository === undefined) return { kind: 'gone', reason: `the repository of ${branch} was deleted` };
  if (event === 'pull_request' || event === 'pull_request_review') {
    const head = { repository, branch, sha };
    const { own, elsewhere } = await findPullRequests(client, context.repository, head);
    if (own === undefined) return { kind: 'gone', reason: `no open pull request has ${sha.slice(0, 12)} for its head` };
    if (elsewhere.length === 0) return readPullRequestSubject(own);
    const numbers = [own, ...elsewhere].map(({ number }) => number).sort((a, b) => a - b);
    const reason = `${sha.slice(0, 12)} is the head of the pull requests ${numbers.join(', ')}, and a check belongs to a commit`;
    return { kind: 'ambiguous', numbers, reason };
  }
  if (repository.id !== context.repository.id || event === 'workflow_run') {
    throw new UserMistake({
      found: `the run ${run.id} on ${run.event} of ${repository.fullName} is not ours to judge`,
    });
  }
  if (event === 'push') return inside(context, 'push', sha, branch);
  // GitHub names these branches itself, with the commit that the group stands on: the base, or the group before it.
  const [, base, tip] = /^gh-readonly-queue\/(.+)\/pr-\d+-([0-9a-f]{40}|[0-9a-f]{64})$/.exec(branch) ?? [];
  if (base === undefined || tip === undefined)
    throw new UserMistake({ found: `the branch ${branch} of run ${run.id} is none of a merge queue` });
  return { ...inside(context, 'merge-group', sha, branch), base: { sha: tip, ref: base } };
}

/** A subject that lies in the repository itself. */
function inside({ repository }: RunContext, kind: 'merge-group' | 'push', sha: string, ref: string): Subject {
  const head = { sha, repository: repository.fullName, repositoryId: repository.id, ref };
  return { kind, head, draft: false, fork: false };
}

function stripHeads(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
