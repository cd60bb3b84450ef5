import type { Answer, Call, Routes } from '../call.ts';
import { ApiFault } from '../fault.ts';
import { keepApprovals, keepWaitingJobs, type WaitingJob } from '../records/approvals.ts';
import type { EnvironmentRecord } from '../records/deployments.ts';
import { showAccount } from '../show-account.ts';
import { writeTime } from '../world.ts';
import { findRun } from './runs.ts';

/** Jobs that wait for reviewers of their environment, and what those decided. Deployments in the answer are left out. */
export const approvalRoutes: Routes = {
  'actions/get-pending-deployments-for-run': (call: Call): Answer => {
    const { id } = findRun(call);
    const waiting = listEnvironments(call.repository.part(keepWaitingJobs).filter((job) => job.run === id));
    return { status: 200, body: waiting.map((job) => showWaiting(call, job)) };
  },
  'actions/get-reviews-for-run': (call: Call): Answer => {
    const { id } = findRun(call);
    const decided = call.repository.part(keepApprovals).filter((one) => one.run === id);
    const body = decided.map(({ environments, state, comment, login }) => ({
      environments: environments.map((one) => ({
        ...showEnvironment(call, one),
        created_at: writeTime(one.created),
        updated_at: writeTime(one.updated),
      })),
      state,
      comment,
      user: showAccount(call.world, login),
    }));
    return { status: 200, body };
  },
  'actions/review-pending-deployments-for-run': (
    call: Call<{ environment_ids: readonly number[]; state: 'approved' | 'rejected'; comment: string }>,
  ): Answer => {
    const run = findRun(call);
    const { environment_ids: ids, state, comment } = call.body;
    const login = call.token?.login ?? 'ghost';
    const waiting = call.repository.part(keepWaitingJobs);
    const jobs = waiting.filter((job) => job.run === run.id && ids.includes(job.environment.id));
    const missing = ids.some((id) => jobs.every((job) => job.environment.id !== id));
    if (missing) throw new ApiFault(422, 'There are no pending deployments for the environments');
    if (!jobs.every((job) => mayReview(call, job.environment, run.actor))) {
      throw new ApiFault(422, `${login} is not a required reviewer`);
    }
    const environments = listEnvironments(jobs).map(({ environment }) => environment);
    call.repository.part(keepApprovals).push({ run: run.id, environments, login, state, comment });
    for (const job of jobs) {
      waiting.splice(waiting.indexOf(job), 1);
      job.decide(state);
    }
    return { status: 200, body: [] };
  },
};

/** Where reviewing oneself is prevented, whoever started the run does not count. Members of a team are not looked up. */
function mayReview(call: Call, environment: EnvironmentRecord, actor: string): boolean {
  const login = call.token?.login ?? 'ghost';
  const known = environment.reviewers.some(({ id }) => call.world.accounts.findById(id)?.login === login);
  return known && !(environment.preventSelfReview && login === actor);
}

function listEnvironments(jobs: readonly WaitingJob[]): WaitingJob[] {
  return [...new Map(jobs.map((job) => [job.environment.id, job])).values()];
}

function showEnvironment(call: Call, { id, name }: EnvironmentRecord): Record<string, unknown> {
  const path = encodeURIComponent(name);
  return {
    id,
    node_id: `EN_${id}`,
    name,
    url: `${call.repository.apiUrl}/environments/${path}`,
    html_url: `${call.repository.htmlUrl}/deployments/activity_log?environments_filter=${path}`,
  };
}

function showWaiting(call: Call, { environment, since }: WaitingJob): Record<string, unknown> {
  const actor = findRun(call).actor;
  const reviewers = environment.reviewers.flatMap(({ type, id }) => {
    const account = call.world.accounts.findById(id);
    return account === undefined ? [] : [{ type, reviewer: showAccount(call.world, account.login) }];
  });
  return {
    environment: showEnvironment(call, environment),
    wait_timer: environment.waitTimer,
    wait_timer_started_at: writeTime(since),
    current_user_can_approve: mayReview(call, environment, actor),
    reviewers,
  };
}
