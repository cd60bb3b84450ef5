import { parse } from 'yaml';
import type { Answer, Call, Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { listTree, readObject } from '../git/reading.ts';
import { keepRuns } from '../records/runs.ts';
import { createRunHandle } from '../run-handle.ts';

/** In bytes: 64 kB (docs.github.com/rest/repos/repos, create a repository dispatch event). */
const PAYLOAD_LIMIT = 65_536;

interface Input {
  readonly required?: boolean;
  readonly type?: string;
  readonly options?: readonly unknown[];
  readonly default?: unknown;
}

/** Events that start workflows on demand. They are announced; what listens runs them. */
export const dispatchRoutes: Routes = {
  'repos/create-dispatch-event': async (
    call: Call<{ event_type: string; client_payload?: object }>,
  ): Promise<Answer> => {
    const { event_type, client_payload = {} } = call.body;
    if (event_type === '') throw new ApiFault(422, "Invalid request.\n\nevent_type wasn't supplied.");
    if (Buffer.byteLength(JSON.stringify(client_payload)) >= PAYLOAD_LIMIT) {
      throw new ApiFault(422, 'client_payload is too large.');
    }
    const branch = call.repository.defaultBranch;
    call.hub.announce('repository_dispatch', call.repository, { action: event_type, branch, client_payload });
    return { status: 204 };
  },
  'actions/create-workflow-dispatch': dispatchWorkflow,
};

async function dispatchWorkflow(
  call: Call<{ ref: string; inputs?: Record<string, unknown>; return_run_details?: boolean }>,
): Promise<Answer> {
  const { repository } = call;
  const { ref, inputs = {}, return_run_details = false } = call.body;
  const sha = await repository.resolve(ref);
  const path = findPath(call);
  if (!(await readFile(call, repository.defaultBranch, path)) && !repository.part(keepRuns).workflows.has(path)) {
    throw notFound();
  }
  if (sha === undefined) throw new ApiFault(422, `No ref found for: ${ref}`);
  const given = readInputs((await readFile(call, sha, path)) ?? '', inputs);
  const branch = ref.replace(/^refs\/(heads|tags)\//, '');
  const run = createRunHandle(
    repository,
    call.hub.artifacts,
    {
      workflowPath: path,
      event: 'workflow_dispatch',
      headSha: sha,
      headBranch: branch,
      actor: call.token?.login ?? 'ghost',
    },
    repository,
  );
  const full =
    (await repository.resolve(`heads/${branch}`)) === undefined ? `refs/tags/${branch}` : `refs/heads/${branch}`;
  const announced = { workflow: path, ref: ref.startsWith('refs/') ? ref : full, inputs: given, run: run.id };
  call.hub.announce('workflow_dispatch', repository, announced);
  if (!return_run_details) return { status: 204 };
  const urls = {
    run_url: `${repository.apiUrl}/actions/runs/${run.id}`,
    html_url: `${repository.htmlUrl}/actions/runs/${run.id}`,
  };
  return { status: 200, body: { workflow_run_id: run.id, ...urls } };
}

/** A workflow is named by its file or by its id. */
function findPath(call: Call): string {
  const name = call.params['workflow_id'] ?? '';
  const known = [...call.repository.part(keepRuns).workflows].find(([, id]) => String(id) === name);
  return known?.[0] ?? `.github/workflows/${name}`;
}

async function readFile(call: Call, ref: string, path: string): Promise<string | undefined> {
  const sha = await call.repository.resolve(ref);
  const [entry] = sha === undefined ? [] : await listTree(call.repository.folder, sha, { path });
  if (entry?.type !== 'blob') return undefined;
  return (await readObject(call.repository.folder, 'blob', entry.sha)).toString('utf8');
}

/** The inputs of a run as its event has them: all as texts, with the defaults. Throws 422 for those that do not fit. */
function readInputs(workflow: string, given: Readonly<Record<string, unknown>>): Record<string, string> {
  const trigger = readTrigger(workflow);
  if (trigger === undefined) throw new ApiFault(422, "Workflow does not have 'workflow_dispatch' trigger");
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(trigger, name));
  if (unknown.length > 0) throw new ApiFault(422, `Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(trigger)) {
    const value = given[name] ?? input?.default;
    if (value === undefined && input?.required) throw new ApiFault(422, `Required input '${name}' not provided`);
    const isWrong =
      value !== undefined &&
      ((input?.type === 'choice' && !(input.options ?? []).map(String).includes(String(value))) ||
        (input?.type === 'boolean' && !['true', 'false'].includes(String(value))) ||
        (input?.type === 'number' && Number.isNaN(Number(value))));
    if (isWrong)
      throw new ApiFault(422, `Provided value '${value}' for input '${name}' not in the list of allowed values`);
    values[name] = String(value ?? (input?.type === 'boolean' ? 'false' : ''));
  }
  return values;
}

/** The inputs that a workflow takes when it is dispatched; undefined where it cannot be. */
function readTrigger(workflow: string): Record<string, Input | null> | undefined {
  const triggers = (parse(workflow) as { on?: unknown } | null)?.on;
  const dispatch = 'workflow_dispatch';
  if (triggers === dispatch || (Array.isArray(triggers) && triggers.includes(dispatch))) return {};
  if (typeof triggers !== 'object' || triggers === null || !(dispatch in triggers)) return undefined;
  return (triggers[dispatch] as { inputs?: Record<string, Input> } | null)?.inputs ?? {};
}
