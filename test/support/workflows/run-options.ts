import type { GitHub, Repository } from '../github/start.ts';
import type { Library } from './run/library.ts';
import type { Permissions } from './run/permissions.ts';
import type { SignalDelays } from './run/process.ts';
import type { RunResult } from './run/result.ts';
import type { Progress, RunEvent } from './run/run.ts';
import type { Scheduler } from './run/scheduler.ts';

/** What a run is made of. */
export interface RunOptions {
  /** A path in the repository at the event's commit, or a file of that name in `.github/workflows` given as text. */
  readonly workflow: string | { readonly name: string; readonly content: string };
  readonly event: RunEvent;
  readonly repository?: Repository;
  /** The local GitHub of the repository: without it steps have no token, no artifacts and no API. */
  readonly github?: GitHub;
  /** The fork that the head of a pull request lies in, when its event names another repository. */
  readonly headRepository?: Repository;
  /** The next attempt of a run that ended, of all its jobs, or of those that failed and what needs them. */
  readonly rerun?: { readonly of: RunResult; readonly only?: 'failed' };
  /** A login; `octocat` when absent. */
  readonly actor?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Of the token, where the file names none: the restricted default when absent. */
  readonly defaultPermissions?: Permissions;
  /** Folders of other repositories, by `owner/name`. */
  readonly library?: Library;
  /** Shared by runs whose concurrency groups should meet. */
  readonly scheduler?: Scheduler;
  /** Cancels the run when it says so. */
  readonly cancelAfter?: (progress: Progress) => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** Milliseconds: of a minute in `timeout-minutes`, and of GitHub's delays between the signals to a stopped step. */
  readonly timeouts?: Partial<SignalDelays> & { readonly minute?: number };
  /** Environment of the machine beside what a process cannot start without. */
  readonly machine?: Readonly<Record<string, string>>;
  /** Runs jobs with a `container` on this machine instead of refusing them. */
  readonly containersOnHost?: boolean;
  /** Leaves the folders of the jobs for a look. */
  readonly keepFolder?: boolean;
}
