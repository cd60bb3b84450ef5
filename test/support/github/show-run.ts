import { readCommit } from './git/reading.ts';
import type { JobRecord, RunRecord } from './records/runs.ts';
import type { RepositoryState } from './repository.ts';
import { showAccount } from './show-account.ts';
import { showMinimalRepository } from './show-repository.ts';
import { writeTime } from './world.ts';

/**
 * A workflow run as GitHub's answers have it. `pull_requests` is empty for runs from forks, as on GitHub; here it is empty
 * for all, as nobody should depend on it.
 */
export async function showRun(repository: RepositoryState, run: RunRecord): Promise<Record<string, unknown>> {
  const { apiUrl, htmlUrl, world } = repository;
  const url = `${apiUrl}/actions/runs/${run.id}`;
  return {
    id: run.id,
    node_id: `WFR_${run.id}`,
    name: run.name,
    display_title: run.name,
    path: run.workflowPath,
    workflow_id: run.workflowId,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    head_commit: await showHeadCommit(run),
    check_suite_id: run.suite,
    check_suite_node_id: `CS_${run.suite}`,
    pull_requests: [],
    referenced_workflows: [],
    actor: showAccount(world, run.actor),
    triggering_actor: showAccount(world, run.triggeringActor),
    created_at: writeTime(run.created),
    updated_at: writeTime(run.updated),
    run_started_at: writeTime(run.created),
    url,
    html_url: `${htmlUrl}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    check_suite_url: `${apiUrl}/check-suites/${run.suite}`,
    workflow_url: `${apiUrl}/actions/workflows/${run.workflowId}`,
    repository: showMinimalRepository(repository),
    head_repository: showMinimalRepository(run.headRepository),
  };
}

/** A job as GitHub's answers have it. */
export function showJob(repository: RepositoryState, run: RunRecord, job: JobRecord): Record<string, unknown> {
  return {
    id: job.id,
    node_id: `CR_${job.id}`,
    run_id: run.id,
    run_url: `${repository.apiUrl}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    head_sha: run.headSha,
    head_branch: run.headBranch,
    workflow_name: run.name,
    name: job.name,
    status: job.status,
    conclusion: job.conclusion,
    created_at: writeTime(job.started),
    started_at: writeTime(job.started),
    completed_at: job.completed && writeTime(job.completed),
    url: `${repository.apiUrl}/actions/jobs/${job.id}`,
    html_url: `${repository.htmlUrl}/actions/runs/${run.id}/job/${job.id}`,
    check_run_url: `${repository.apiUrl}/check-runs/${job.id}`,
    steps: [],
    labels: ['ubuntu-latest'],
  };
}

async function showHeadCommit(run: RunRecord): Promise<Record<string, unknown>> {
  const { sha, tree, message, author, committer } = await readCommit(run.headRepository.folder, run.headSha);
  const show = ({ name, email }: { name: string; email: string }) => ({ name, email });
  return { id: sha, tree_id: tree, message, timestamp: author.date, author: show(author), committer: show(committer) };
}
