import { join } from 'node:path';
import { evaluateTexts, evaluateToken } from '../expressions/templates.ts';
import type { Plain } from '../expressions/values.ts';
import type { Cancellation } from '../run/cancellation.ts';
import { createGitHubContext } from '../run/contexts.ts';
import { withoutWrites } from '../run/permissions.ts';
import { killGroup } from '../run/process.ts';
import type { JobResult, Result, StepResult } from '../run/result.ts';
import type { Instance } from '../run/run.ts';
import type { JobHandle } from '../run/services.ts';
import type { Frame } from '../steps/frame.ts';
import { computeStatus, createJobFolders, createJobScope, createMasks, type JobState } from '../steps/job-state.ts';
import { runPreStages, runSteps } from '../steps/run-steps.ts';
import type { Defaults, StepsJob, Workflow } from '../syntax/model.ts';
import { createJobSecrets } from './call.ts';
import type { Leg } from './matrix.ts';
import { readJobOutputs } from './outputs.ts';

/** One leg of a job that runs steps. */
export interface LegRequest {
  readonly instance: Instance;
  readonly job: StepsJob;
  readonly name: string;
  readonly leg: Leg;
  readonly hasMatrix: boolean;
  /** `needs` and `strategy`. */
  readonly contexts: Readonly<Record<string, Plain>>;
  readonly cancellation: Cancellation;
}

/** Runs one leg on a machine of its own. */
export async function runLeg(request: LegRequest): Promise<JobResult> {
  const { instance, job, name } = request;
  const { run } = instance;
  const asked = job.permissions ?? instance.permissions;
  const permissions = run.untrusted ? withoutWrites(asked) : asked;
  const { workflow_ref: workflowRef, workflow_sha: workflowSha } = describeWorkflow(instance.workflow);
  const handle = run.services.startJob({ name, permissions, workflowRef, workflowSha });
  const facts = { name, id: [...instance.ids, job.id].join('/'), permissions };
  const matrix = request.hasMatrix ? { matrix: request.leg } : {};
  let result: JobResult;
  try {
    result = { ...facts, ...matrix, ...(await runOnMachine(request, handle)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const empty = { outputs: {}, steps: [], log: message, summary: '' };
    result = { ...facts, ...matrix, ...empty, result: 'failure', annotations: [{ level: 'error', message }] };
  }
  handle.ended(result);
  return result;
}

type MachineResult = Omit<JobResult, 'name' | 'id' | 'permissions' | 'matrix'>;

async function runOnMachine(request: LegRequest, handle: JobHandle): Promise<MachineResult> {
  const { cancellation, instance, job: model } = request;
  const { run } = instance;
  const runsOn = evaluateToken(model.runsOn, { contexts: request.contexts });
  const job = createJobState(request, handle, runsOn);
  const scope = createJobScope(job, { env: null, steps: null });
  const container = model.container ? evaluateToken(model.container, scope) : null;
  if (isContainer(container) && !run.containersOnHost) throw new Error('Containers are not supported');
  const environment = model.environment ? evaluateToken(model.environment, scope) : undefined;
  for (const token of [instance.workflow.env, model.env]) {
    for (const [key, value] of Object.entries(evaluateTexts(token, scope))) job.env.set(key, value);
  }
  const minutes = model.timeoutMinutes ? Number(evaluateToken(model.timeoutMinutes, scope)) : DEFAULT_MINUTES;
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      cancellation.request();
    },
    Math.min(minutes * run.minute, MAX_DELAY),
  );
  const steps = await runAllStages(job, model);
  clearTimeout(timer);
  for (const group of job.processes) killGroup(group);
  if (timedOut) {
    const message = `The job has exceeded the maximum execution time of ${minutes}m0s`;
    job.annotations.push({ level: 'error', message });
  }
  const outputs = readJobOutputs(model, job, steps.context);
  return {
    result: computeResult(job),
    runsOn,
    ...(isContainer(container) ? { container } : {}),
    ...(environment === undefined ? {} : { environment }),
    outputs,
    steps: steps.results,
    log: steps.results.map((step) => `##[group]${step.name}\n${step.log}\n##[endgroup]`).join('\n'),
    summary: job.summary,
    annotations: job.annotations,
  };
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes
const DEFAULT_MINUTES = 360;
/** The longest delay that a timer takes, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

async function runAllStages(job: JobState, { steps }: StepsJob) {
  const frame: Frame = { job, source: job.instance.workflow.source, path: '', steps: {} };
  const results: StepResult[] = [];
  results.push(...(await runPreStages(frame, steps)));
  results.push(...(await runSteps(frame, steps)));
  for (let post = job.posts.pop(); post; post = job.posts.pop()) results.push(await post());
  return { results, context: frame.steps };
}

function createJobState(request: LegRequest, handle: JobHandle, runsOn: Plain): JobState {
  const { cancellation, contexts, instance, job, leg, name } = request;
  const { run, workflow } = instance;
  const root = join(run.folder, 'jobs', String(handle.checkRunId));
  const folders = createJobFolders(root, run.repository.fullName, run.event.payload);
  const secrets = createJobSecrets(instance.secrets, handle.token);
  const github = {
    ...createGitHubContext(run),
    event_path: folders.eventPath,
    job: job.id,
    token: handle.token,
    workspace: folders.workspace,
  };
  return {
    instance,
    fullName: name,
    handle,
    folders,
    contexts: {
      ...contexts,
      github,
      inputs: instance.inputs,
      job: createJobContext(workflow, handle),
      matrix: request.hasMatrix ? leg : null,
      runner: createRunnerContext(run.toolCache, folders, JSON.stringify(runsOn).includes('"self-hosted"')),
      secrets,
      vars: run.vars,
    },
    defaults: mergeDefaults(workflow.defaults, job.defaults),
    env: new Map(),
    paths: [],
    masks: createMasks(Object.values(secrets)),
    posts: [],
    annotations: [],
    processes: [],
    cancellation,
    failed: false,
    summary: '',
    uses: new Map(),
  };
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#job-context
function createJobContext(workflow: Workflow, handle: JobHandle): Record<string, Plain> {
  return { check_run_id: handle.checkRunId, ...describeWorkflow(workflow) };
}

function describeWorkflow({ path, source }: Workflow) {
  return {
    workflow_file_path: path,
    workflow_ref: `${source.repository}/${path}@${source.ref}`,
    workflow_repository: source.repository,
    workflow_sha: source.sha,
  };
}

function createRunnerContext(
  toolCache: string,
  folders: { temp: string; workspace: string },
  selfHosted: boolean,
): Record<string, string> {
  return {
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    environment: selfHosted ? 'self-hosted' : 'github-hosted',
    name: 'GitHub Actions 1',
    os: 'Linux',
    temp: folders.temp,
    tool_cache: toolCache,
    workspace: join(folders.workspace, '..'),
  };
}

function mergeDefaults(workflow: Defaults, job: Defaults): Defaults {
  return {
    shell: job.shell ?? workflow.shell,
    workingDirectory: job.workingDirectory ?? workflow.workingDirectory,
  };
}

function isContainer(container: Plain): boolean {
  if (container === null || container === '') return false;
  return (
    typeof container !== 'object' || Object.entries(container).some(([key, value]) => key === 'image' && value !== '')
  );
}

function computeResult(job: JobState): Result {
  if (computeStatus(job).cancelled) return 'cancelled';
  return job.failed ? 'failure' : 'success';
}
