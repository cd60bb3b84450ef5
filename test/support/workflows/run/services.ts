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

/** GitHub's side of a run. */
export interface JobServices {
  readonly apiUrl: string;
  readonly serverUrl: string;
  startJob(job: { readonly name: string; readonly permissions: Permissions }): JobHandle;
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
    skipJob() {},
    runEnded() {},
  };
}
