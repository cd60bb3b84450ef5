import type { Run as RunHandle } from '../../github/run-handle.ts';
import type { Plain } from '../expressions/values.ts';
import type { Permissions } from './permissions.ts';

/** How a job ended, as `needs.<job>.result` tells it. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
}

export interface StepResult {
  readonly id?: string;
  readonly name: string;
  /** Before and after `continue-on-error`. */
  readonly outcome: Result;
  readonly conclusion: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly annotations: readonly Annotation[];
  /** Steps of a composite action. */
  readonly steps: readonly StepResult[];
}

export interface JobResult {
  /** As GitHub shows it: `caller / called (leg)`. */
  readonly name: string;
  /** The ids in the files: `caller/called`. */
  readonly id: string;
  readonly result: Result;
  /** Evaluated; absent for a job that did not start. */
  readonly runsOn?: Plain;
  readonly container?: Plain;
  readonly environment?: Plain;
  readonly matrix?: Plain;
  /** Of its token. */
  readonly permissions: Permissions;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepResult[];
  readonly log: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** What a calling job got back from the workflow that it called. */
export interface CallResult {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
}

/** How a job ended, for the jobs that need it. */
export interface JobOutcome extends CallResult {
  /** It ran in this attempt; one that succeeded in the attempt before may be taken over. */
  readonly fresh: boolean;
}

export interface RunResult {
  readonly id: number;
  readonly attempt: number;
  /** Evaluated `run-name`, else the workflow's name. */
  readonly name: string;
  readonly conclusion: Result | 'startup_failure';
  /** Why the run did not start. */
  readonly problems: readonly string[];
  readonly jobs: Readonly<Record<string, JobResult>>;
  /** Calling jobs that started, by full name. */
  readonly calls: Readonly<Record<string, CallResult>>;
  readonly annotations: readonly (Annotation & { readonly job: string })[];
  /** What every job and step did, for a person to read. */
  readonly log: string;
  /** The run in the local GitHub, for its next attempt. */
  readonly handle: RunHandle | undefined;
}
