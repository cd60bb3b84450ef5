import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateText } from './expressions/templates.ts';
import type { Plain } from './expressions/values.ts';
import { enterGroup } from './jobs/concurrency.ts';
import { runInstance } from './jobs/run-instance.ts';
import { NotTriggered, StartupFailure } from './problems.ts';
import { checkCalls } from './run/call-checks.ts';
import { Cancellation } from './run/cancellation.ts';
import { createGitHubContext, readRecord } from './run/contexts.ts';
import { readDispatchInputs } from './run/dispatch-inputs.ts';
import { createMachine } from './run/machine.ts';
import { RESTRICTED } from './run/permissions.ts';
import type { Result, RunResult } from './run/result.ts';
import type { Instance, Run } from './run/run.ts';
import { describeMismatch } from './run/triggers.ts';
import type { RunOptions } from './run-options.ts';
import { createRun, loadRunWorkflow } from './run-setup.ts';
import { locateStandIns } from './stand-ins/table.ts';
import type { Workflow } from './syntax/model.ts';

/**
 * Runs a workflow on an event as GitHub would, every job in folders of its own on this machine. Throws `NotTriggered`
 * when the event starts no run of it, and a `WorkflowError` when the file is not valid or needs what this runner lacks;
 * a failing job is a result.
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-run-'));
  try {
    return await runIn(folder, options);
  } finally {
    if (!options.keepFolder) rmSync(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, options: RunOptions): Promise<RunResult> {
  const machine = createMachine(options.machine ?? {});
  const library = { ...locateStandIns(machine.cache), ...options.library };
  const workflow = loadRunWorkflow(options, folder, library);
  const mismatch = describeMismatch(workflow.triggers, options.event);
  if (mismatch !== undefined) throw new NotTriggered(mismatch);
  const cancellation = new Cancellation();
  const run = createRun(options, { folder, library, workflow, cancellation, machine });
  const instance: Instance = {
    run,
    workflow,
    names: [],
    ids: [],
    inputs: readInputs(workflow, run),
    secrets: run.secrets,
    permissions: workflow.permissions ?? options.defaultPermissions ?? RESTRICTED,
    cancellation,
    fresh: false,
  };
  const scope = { contexts: { github: createGitHubContext(run), inputs: instance.inputs, vars: run.vars } };
  const name = workflow.runName ? evaluateText(workflow.runName, scope) : (workflow.name ?? workflow.path);
  const finish = (conclusion: RunResult['conclusion'], problems: readonly string[] = []): RunResult => {
    run.services.runEnded(conclusion);
    return createResult(run, name, conclusion, problems);
  };
  try {
    checkCalls(workflow, options.defaultPermissions ?? RESTRICTED);
  } catch (error) {
    if (error instanceof StartupFailure) return finish('startup_failure', error.problems);
    throw error;
  }
  const abort = () => cancellation.request();
  options.signal?.addEventListener('abort', abort, { once: true });
  const leave = await enterGroup(workflow.concurrency, scope, run.scheduler, cancellation);
  if (!leave) return finish('cancelled');
  try {
    const outcomes = await runInstance(instance);
    // Of a run that was asked to stop every job counts, also those of called workflows.
    const ended = [...outcomes.values(), ...(cancellation.requested ? run.jobs.values() : [])];
    return finish(
      conclude(
        ended.map(({ result }) => result),
        cancellation.requested,
      ),
    );
  } finally {
    leave();
    options.signal?.removeEventListener('abort', abort);
  }
}

function readInputs({ dispatch }: Workflow, { event }: Run): Record<string, Plain> {
  if (event.name !== 'workflow_dispatch') return {};
  return readDispatchInputs(dispatch ?? new Map(), readRecord(event.payload['inputs']) ?? {});
}

function conclude(results: readonly Result[], cancelled: boolean): Result {
  if (cancelled && results.includes('cancelled')) return 'cancelled';
  return (['failure', 'cancelled', 'success'] as const).find((result) => results.includes(result)) ?? 'skipped';
}

function writeLog({ jobs }: Run): string {
  const parts = [...jobs.values()].flatMap((job) => [
    `# ${job.name}: ${job.result}`,
    ...job.annotations.map(({ level, message }) => `${level}: ${message}`),
    ...job.steps.flatMap((step) => [`## ${step.name}: ${step.outcome}`, ...(step.log === '' ? [] : [step.log])]),
  ]);
  return parts.join('\n');
}

function createResult(
  run: Run,
  name: string,
  conclusion: RunResult['conclusion'],
  problems: readonly string[],
): RunResult {
  const annotations = [...run.jobs.values()].flatMap((job) =>
    job.annotations.map((annotation) => ({ ...annotation, job: job.name })),
  );
  const [jobs, calls] = [Object.fromEntries(run.jobs), Object.fromEntries(run.calls)];
  const { attempt, handle, id } = run;
  return { id, attempt, name, conclusion, problems, jobs, calls, annotations, log: writeLog(run), handle };
}
