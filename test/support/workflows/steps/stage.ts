import { evaluateCondition, type Scope } from '../expressions/evaluate.ts';
import { evaluateTexts, evaluateToken } from '../expressions/templates.ts';
import { Cancellation } from '../run/cancellation.ts';
import type { Result, StepResult } from '../run/result.ts';
import type { Template } from '../syntax/model.ts';
import type { Execution } from './execution.ts';
import { computeFrameStatus, createFrameEnv, createStepScope, type Frame } from './frame.ts';
import { StepLog } from './step-log.ts';

/** What a step, or the pre or post stage of an action, is to its job. */
export interface StageRequest {
  readonly frame: Frame;
  /** Unique in the job. */
  readonly key: string;
  readonly id?: string | undefined;
  readonly name: (scope: Scope) => string;
  readonly condition: string;
  readonly env?: Template | undefined;
  readonly continueOnError?: Template | undefined;
  readonly timeoutMinutes?: Template | undefined;
  readonly state: Record<string, string>;
  /** Gives an exit code; what it throws fails the stage. */
  readonly body: (execution: Execution, scope: Scope) => Promise<number>;
}

/** Runs one stage by its condition, its timeout and the job's cancellation, and adds its failure to the frame's. */
export async function runStage(request: StageRequest): Promise<StepResult> {
  const { frame } = request;
  const { job, composite } = frame;
  const { report } = job.instance.run;
  let name = request.key;
  const log: StepLog = new StepLog(job.masks, {
    parent: composite?.log,
    onLine: (line) => report({ job: job.fullName, step: name, status: 'running', line }),
  });
  const outputs: Record<string, string> = {};
  const nested: StepResult[] = [];
  const finish = (outcome: Result, conclusion: Result): StepResult => {
    if (conclusion === 'failure') markFailed(frame);
    job.annotations.push(...log.annotations);
    if (outcome !== 'skipped') report({ job: job.fullName, step: name, status: 'completed' });
    const id = request.id === undefined ? {} : { id: request.id };
    const rest = { outputs, log: log.lines.join('\n'), annotations: log.annotations, steps: nested };
    return { ...id, name, outcome, conclusion, ...rest };
  };

  let continues = false;
  let stopped: Stopping | undefined;
  try {
    const before = createStepScope(frame, createFrameEnv(frame));
    name = request.name(before);
    if (!evaluateCondition(request.condition, before)) return finish('skipped', 'skipped');
    report({ job: job.fullName, step: name, status: 'started' });
    const env = evaluateTexts(request.env, before);
    const scope = createStepScope(frame, { ...createFrameEnv(frame), ...env });
    continues = request.continueOnError !== undefined && evaluateToken(request.continueOnError, scope) === true;
    const minutes = request.timeoutMinutes && Number(evaluateToken(request.timeoutMinutes, scope));
    stopped = watch(request, env, minutes);
    const action = request.id ?? `__${request.key}`;
    const { stop, timeout } = stopped;
    const { state } = request;
    const execution = { frame, id: request.key, env, log, stop, timeout, outputs, state, nested, action };
    const code = await request.body(execution, scope);
    if (stopped.timeout.requested) {
      log.error(`The action '${name}' has timed out after ${minutes} minutes.`);
      return finish('failure', continues ? 'success' : 'failure');
    }
    if (stopped.stop.requested) {
      log.error('The operation was canceled.');
      return finish('cancelled', 'cancelled');
    }
    if (code === 0) return finish('success', 'success');
  } catch (error) {
    log.error(error instanceof Error ? error.message : String(error));
  } finally {
    stopped?.forget();
  }
  return finish('failure', continues ? 'success' : 'failure');
}

interface Stopping {
  readonly stop: Cancellation;
  readonly timeout: Cancellation;
  forget(): void;
}

// A step whose condition still holds in a cancelled job goes on: `if: always()`.
function watch({ frame, condition }: StageRequest, env: Record<string, string>, minutes: number | undefined): Stopping {
  const { job, composite } = frame;
  const [stop, timeout] = [new Cancellation(), new Cancellation()];
  timeout.onRequest(() => stop.request());
  const forgetTimeout = composite?.timeout?.onRequest(() => timeout.request());
  const forgetJob = job.cancellation.onRequest(() => {
    const scope = createStepScope(frame, { ...createFrameEnv(frame), ...env }, computeFrameStatus(frame));
    if (!evaluateCondition(condition, scope)) stop.request();
  });
  const milliseconds = minutes === undefined ? undefined : minutes * job.instance.run.minute;
  const timer = milliseconds === undefined ? undefined : setTimeout(() => timeout.request(), milliseconds);
  return {
    stop,
    timeout,
    forget() {
      clearTimeout(timer);
      forgetTimeout?.();
      forgetJob();
    },
  };
}

function markFailed(frame: Frame): void {
  if (frame.composite) frame.composite.failed = true;
  else frame.job.failed = true;
}
