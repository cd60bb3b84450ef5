import type { Run as RunHandle } from '../../github/run-handle.ts';
import type { Plain } from '../expressions/values.ts';
import type { Workflow } from '../syntax/model.ts';
import type { Cancellation } from './cancellation.ts';
import type { Library } from './library.ts';
import type { Permissions } from './permissions.ts';
import type { SignalDelays } from './process.ts';
import type { CallResult, JobResult } from './result.ts';
import type { Scheduler } from './scheduler.ts';
import type { JobServices } from './services.ts';

/** What started the run. */
export interface RunEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sha: string;
  /** Full: `refs/heads/main`, `refs/pull/1/merge`. */
  readonly ref: string;
}

/** The repository that the run belongs to. */
export interface RunRepository {
  readonly fullName: string;
  readonly id: number;
  readonly ownerId: number;
  readonly private: boolean;
}

/** Where a run has come to, as `cancelAfter` is told it. */
export interface Progress {
  /** Full name of the job. */
  readonly job: string;
  readonly step: string;
  readonly status: 'started' | 'running' | 'completed';
  /** The newest line of the step's log, while it runs. */
  readonly line?: string;
}

/** One attempt of a run of a workflow. */
export interface Run {
  readonly id: number;
  readonly attempt: number;
  readonly number: number;
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly repository: RunRepository;
  readonly actor: string;
  /** Code of a stranger: no secret, no write. */
  readonly untrusted: boolean;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly library: Library;
  readonly scheduler: Scheduler;
  readonly services: JobServices;
  /** Milliseconds of a minute of `timeout-minutes`. */
  readonly minute: number;
  readonly delays: SignalDelays;
  /** Environment of the machine, before GitHub's. */
  readonly machine: Readonly<Record<string, string>>;
  readonly toolCache: string;
  /** Jobs with `container` run on the host, which is an error without this. */
  readonly containersOnHost: boolean;
  readonly folder: string;
  readonly report: (progress: Progress) => void;
  readonly handle: RunHandle | undefined;
  /** Jobs of the attempt before that need not run again, by name, with those that must. */
  readonly previous: ReadonlyMap<string, JobResult>;
  readonly jobs: Map<string, JobResult>;
  readonly calls: Map<string, CallResult>;
}

/** A workflow as it runs: the run's own, or one call of another. */
export interface Instance {
  readonly run: Run;
  readonly workflow: Workflow;
  /** Names of the calling jobs, outermost first. */
  readonly names: readonly string[];
  readonly ids: readonly string[];
  readonly inputs: Readonly<Record<string, Plain>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Of jobs that name none themselves. */
  readonly permissions: Permissions;
  readonly cancellation: Cancellation;
  /** Every job runs, though it succeeded in the attempt before: what the call needs ran again. */
  readonly fresh: boolean;
}
