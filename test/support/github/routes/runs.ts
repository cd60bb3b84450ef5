import { type Answer, answerList, type Call, type Routes, takePage } from '../call.ts';
import { notFound } from '../fault.ts';
import { keepRuns, type RunRecord } from '../records/runs.ts';
import { showJob, showRun } from '../show-run.ts';

/** GitHub gives at most so many runs of a search, whatever the page. */
const SEARCH_LIMIT = 1000;

/** Workflow runs and their jobs. */
export const runRoutes: Routes = {
  'actions/list-workflow-runs-for-repo': (call: Call) => answerRuns(call, () => true),
  'actions/list-workflow-runs': (call: Call) => {
    const wanted = call.params['workflow_id'] ?? '';
    const belongs = (run: RunRecord) =>
      String(run.workflowId) === wanted || run.workflowPath.split('/').at(-1) === wanted;
    if (
      ![...call.repository.part(keepRuns).workflows].some(
        ([path, id]) => String(id) === wanted || path.endsWith(`/${wanted}`),
      )
    ) {
      throw notFound();
    }
    return answerRuns(call, belongs);
  },
  'actions/get-workflow-run': async (call: Call) => ({
    status: 200,
    body: await showRun(call.repository, findRun(call)),
  }),
  'actions/get-workflow-run-attempt': async (call: Call) => {
    const run = findRun(call);
    const attempt = Number(call.params['attempt_number']);
    if (attempt > run.attempt || attempt < 1) throw notFound();
    return { status: 200, body: { ...(await showRun(call.repository, run)), run_attempt: attempt } };
  },
  'actions/list-jobs-for-workflow-run': (call: Call) => {
    const run = findRun(call);
    return answerJobs(call, run, call.query['filter'] === 'all' ? undefined : run.attempt);
  },
  'actions/list-jobs-for-workflow-run-attempt': (call: Call) =>
    answerJobs(call, findRun(call), Number(call.params['attempt_number'])),
  'actions/get-job-for-workflow-run': (call: Call) => {
    const id = Number(call.params['job_id']);
    const run = call.repository.part(keepRuns).all.find((one) => one.jobs.some((job) => job.id === id));
    const job = run?.jobs.find((one) => one.id === id);
    if (run === undefined || job === undefined) throw notFound();
    return { status: 200, body: showJob(call.repository, run, job) };
  },
  'actions/list-repo-workflows': (call: Call) => {
    const found = [...call.repository.part(keepRuns).workflows];
    return answerList(
      call,
      found.map(([path, id]) => showWorkflow(call, path, id)),
      'workflows',
    );
  },
  'actions/get-workflow': (call: Call) => {
    const wanted = call.params['workflow_id'] ?? '';
    const found = [...call.repository.part(keepRuns).workflows].find(
      ([path, id]) => String(id) === wanted || path.split('/').at(-1) === wanted,
    );
    if (found === undefined) throw notFound();
    return { status: 200, body: showWorkflow(call, ...found) };
  },
};

/** The workflow run of a path. Throws 404. */
export function findRun(call: Call): RunRecord {
  const run = call.repository.part(keepRuns).find(Number(call.params['run_id']));
  if (run === undefined) throw notFound();
  return run;
}

/** Newest first, with the filters of the query; `status` takes conclusions too. */
async function answerRuns(call: Call, belongs: (run: RunRecord) => boolean): Promise<Answer> {
  const { actor, branch, event, status, head_sha, check_suite_id, created } = call.query;
  const found = call.repository
    .part(keepRuns)
    .all.filter(belongs)
    .filter((run) => actor === undefined || run.actor === actor)
    .filter((run) => branch === undefined || run.headBranch === branch)
    .filter((run) => event === undefined || run.event === event)
    .filter((run) => status === undefined || run.status === status || run.conclusion === status)
    .filter((run) => head_sha === undefined || run.headSha === head_sha)
    .filter((run) => check_suite_id === undefined || run.suite === check_suite_id)
    .toReversed();
  if (created !== undefined) throw new Error('The local GitHub does not read `created` of a search for runs');
  const { page, headers } = takePage(call, found.slice(0, SEARCH_LIMIT));
  const runs = await Promise.all(page.map((run) => showRun(call.repository, run)));
  return { status: 200, headers, body: { total_count: found.length, workflow_runs: runs } };
}

function answerJobs(call: Call, run: RunRecord, attempt: number | undefined): Answer {
  const found = run.jobs.filter((job) => attempt === undefined || job.attempt === attempt);
  return answerList(
    call,
    found.map((job) => showJob(call.repository, run, job)),
    'jobs',
  );
}

function showWorkflow(call: Call, path: string, id: number): Record<string, unknown> {
  const { apiUrl, htmlUrl } = call.repository;
  return {
    id,
    node_id: `W_${id}`,
    name: path.split('/').at(-1),
    path,
    state: 'active',
    url: `${apiUrl}/actions/workflows/${id}`,
    html_url: `${htmlUrl}/blob/${call.repository.defaultBranch}/${path}`,
    badge_url: `${htmlUrl}/workflows/${id}/badge.svg`,
  };
}
