import type { Scope, Status } from '../expressions/evaluate.ts';
import type { Plain } from '../expressions/values.ts';
import type { Cancellation } from '../run/cancellation.ts';
import type { Source } from '../run/sources.ts';
import { computeStatus, createJobScope, type JobState } from './job-state.ts';
import type { StepLog } from './step-log.ts';

/** A list of steps that runs: a job's own, or those of one use of a composite action. */
export interface Frame {
  readonly job: JobState;
  /** Where `$/` points: the workflow file's repository, or that of the action whose steps these are. */
  readonly source: Source | undefined;
  /** Of the step that uses the action, `2.0`; empty for a job's own list. */
  readonly path: string;
  /** `steps` so far. */
  readonly steps: Record<string, StepContext>;
  /** Absent in a job's own list. */
  readonly composite?: Composite;
}

/** What the steps of a composite action have beside the job's. */
export interface Composite {
  readonly inputs: Readonly<Record<string, Plain>>;
  /** Environment of the step that uses the action. */
  readonly env: Readonly<Record<string, string>>;
  readonly github: Readonly<Record<string, Plain>>;
  /** Absent before the steps, where only pre stages run. */
  readonly log: StepLog | undefined;
  /** The request that the whole action stop, whatever the conditions of its steps: its time is over. */
  readonly timeout: Cancellation | undefined;
  readonly depth: number;
  failed: boolean;
}

export type StepContext = {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly conclusion: string;
};

/** `success()` and its kind: a composite action's steps look at the action's own steps only. */
export function computeFrameStatus(frame: Frame): Status {
  const { composite, job } = frame;
  const { cancelled, ...own } = computeStatus(job);
  if (!composite) return { cancelled, ...own };
  return { cancelled, success: !composite.failed && !cancelled, failure: composite.failed && !cancelled };
}

/** Environment of a step before its own. */
export function createFrameEnv(frame: Frame): Record<string, string> {
  return { ...Object.fromEntries(frame.job.env), ...frame.composite?.env };
}

/** What an expression of a step sees. */
export function createStepScope(frame: Frame, env: Readonly<Record<string, string>>, status?: Status): Scope {
  const { composite, job, steps } = frame;
  const github = job.contexts['github'] as Readonly<Record<string, Plain>>;
  const outer = composite
    ? {
        inputs: composite.inputs,
        secrets: null,
        github: { ...github, ...composite.github, action_status: composite.failed ? 'failure' : 'success' },
      }
    : {};
  return createJobScope(job, { ...outer, env, steps }, status ?? computeFrameStatus(frame));
}
