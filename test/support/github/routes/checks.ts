import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, invalid, notFound } from '../fault.ts';
import { type CheckOutput, type CheckRecord, keepChecks } from '../records/checks.ts';
import { showApp } from '../show-app.ts';
import type { AppIdentity } from '../tokens.ts';
import { writeTime } from '../world.ts';

interface CheckBody {
  readonly name?: string;
  readonly head_sha: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: CheckRecord['status'];
  readonly started_at?: string;
  readonly conclusion?: string;
  readonly completed_at?: string;
  readonly output?: { title?: string; summary?: string; text?: string; annotations?: Record<string, unknown>[] };
}

/** Check runs. Only apps make them, and only the app that made one changes it. */
export const checkRoutes: Routes = {
  'checks/create': async (call: Call<CheckBody>): Promise<Answer> => {
    const app = findApp(call);
    const sha = await call.repository.resolve(call.body.head_sha);
    if (sha !== call.body.head_sha) {
      throw new ApiFault(422, `No commit found for SHA: ${call.body.head_sha}`);
    }
    const check = call.repository.part(keepChecks).add({ app, headSha: sha, name: call.body.name ?? '' });
    change(call, check, call.body);
    return { status: 201, body: showCheck(call, check) };
  },
  'checks/update': (call: Call<CheckBody>): Answer => {
    const app = findApp(call);
    const check = findCheck(call);
    if (check.app.id !== app.id) {
      throw new ApiFault(
        403,
        `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
      );
    }
    if (call.body.name !== undefined) check.name = call.body.name;
    change(call, check, call.body);
    return { status: 200, body: showCheck(call, check) };
  },
  'checks/get': (call: Call) => ({ status: 200, body: showCheck(call, findCheck(call)) }),
  'checks/list-annotations': (call: Call) => answerList(call, findCheck(call).output.annotations.map(showAnnotation)),
  'checks/list-for-ref': async (call: Call): Promise<Answer> => {
    const sha = await call.repository.resolve(call.params['ref'] ?? '');
    if (sha === undefined) throw new ApiFault(422, `No commit found for SHA: ${call.params['ref']}`);
    return answerChecks(call, (check) => check.headSha === sha);
  },
  'checks/list-for-suite': (call: Call) =>
    answerChecks(call, (check) => check.suite === Number(call.params['check_suite_id'])),
};

/** A list of check runs with the filters of its query: `latest` keeps the newest of each name in each suite. */
function answerChecks(call: Call, belongs: (check: CheckRecord) => boolean): Answer {
  const { check_name, status, filter, app_id } = call.query;
  const found = call.repository
    .part(keepChecks)
    .all.filter(belongs)
    .filter((check) => check_name === undefined || check.name === check_name)
    .filter((check) => status === undefined || check.status === status)
    .filter((check) => app_id === undefined || check.app.id === app_id);
  const newest = new Map(found.map((check) => [`${check.suite} ${check.name}`, check]));
  const kept = filter === 'all' ? found : found.filter((check) => newest.get(`${check.suite} ${check.name}`) === check);
  return answerList(
    call,
    kept.toReversed().map((check) => showCheck(call, check)),
    'check_runs',
  );
}

function change(call: Call, check: CheckRecord, body: CheckBody): void {
  if (body.conclusion !== undefined || body.completed_at !== undefined) {
    if (body.conclusion === undefined) throw invalid('CheckRun', 'conclusion', 'missing_field');
    check.status = 'completed';
    check.conclusion = body.conclusion;
    check.completed = body.completed_at === undefined ? call.world.now() : new Date(body.completed_at);
  } else if (body.status === 'completed' && check.conclusion === null) {
    throw invalid('CheckRun', 'conclusion', 'missing_field');
  } else if (body.status !== undefined && body.status !== 'completed') {
    check.status = body.status;
    check.conclusion = null;
    check.completed = null;
  }
  if (body.started_at !== undefined) check.started = new Date(body.started_at);
  if (body.external_id !== undefined) check.externalId = body.external_id;
  if (body.details_url !== undefined) check.detailsUrl = body.details_url;
  if (body.output !== undefined) check.output = changeOutput(check.output, body.output);
}

/** Annotations add up from call to call; everything else is replaced. */
function changeOutput(old: CheckOutput, output: NonNullable<CheckBody['output']>): CheckOutput {
  const { title = old.title, summary = old.summary, text = old.text, annotations = [] } = output;
  return { title, summary, text, annotations: [...old.annotations, ...annotations] };
}

function findApp(call: Call): AppIdentity {
  if (call.token?.app === undefined) throw new ApiFault(403, 'You must authenticate via a GitHub App.');
  return call.token.app;
}

function findCheck(call: Call): CheckRecord {
  const check = call.repository.part(keepChecks).find(Number(call.params['check_run_id']));
  if (check === undefined) throw notFound();
  return check;
}

function showCheck(call: Call, check: CheckRecord): Record<string, unknown> {
  const { repository, world } = call;
  const { title, summary, text, annotations } = check.output;
  const url = `${repository.apiUrl}/check-runs/${check.id}`;
  return {
    id: check.id,
    node_id: `CR_${check.id}`,
    head_sha: check.headSha,
    external_id: check.externalId,
    name: check.name,
    url,
    html_url: `${repository.htmlUrl}/runs/${check.id}`,
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.started && writeTime(check.started),
    completed_at: check.completed && writeTime(check.completed),
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: check.suite },
    app: showApp(world, check.app),
    pull_requests: [],
  };
}

function showAnnotation(annotation: Record<string, unknown>): Record<string, unknown> {
  return { start_column: null, end_column: null, title: null, raw_details: null, blob_href: '', ...annotation };
}
