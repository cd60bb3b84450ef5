import type { Cancellation } from './cancellation.ts';
import type { Permissions } from './permissions.ts';
import type { JobResult, Result } from './result.ts';

/** A job as GitHub knows it while it runs. */
export interface JobHandle {
  readonly checkRunId: number;
  /** `github.token`. */
  readonly token: string;
  /** What node actions get beside the variables of every step: the job's token for artifacts and caches. */
  readonly runtime: Readonly<Record<string, string>>;
  ended(result: JobResult): void;
}

/** Whether a job may start in its environment. */
export type Entrance = 'entered' | 'rejected' | 'cancelled';

/** A job that starts, and the file that it stands in. */
export interface StartedJob {
  readonly name: string;
  readonly permissions: Permissions;
  /** `owner/name/.github/workflows/x.yml@ref`, also of a called one; and the commit of it. */
  readonly workflowRef: string;
  readonly workflowSha: string;
}

/** GitHub's side of a run. */
export interface JobServices {
  readonly apiUrl: string;
  readonly serverUrl: string;
  startJob(job: StartedJob): JobHandle;
  /**
   * Waits until the reviewers of an environment have decided, where it has some: `entered` lets the job start. Without
   * `deployment: false` the job is a deployment from then on.
   */
  enterEnvironment(
    environment: { readonly name: string; readonly deployment: boolean },
    cancellation: Cancellation,
  ): Promise<Entrance>;
  /** A job that never started. */
  skipJob(name: string, result: Result): void;
  runEnded(conclusion: string): void;
}

/** A run that no GitHub knows of: enough for steps that speak to none. */
export function createNoServices(): JobServices {
  let jobs = 0;
  return {
    apiUrl: 'http://api.github.invalid',
    serverUrl: 'http://github.localhost',
    startJob() {
      jobs += 1;
      return { checkRunId: jobs, token: `ghs_none${jobs}`, runtime: {}, ended() {} };
    },
    enterEnvironment: async () => 'entered',
    skipJob() {},
    runEnded() {},
  };
}
