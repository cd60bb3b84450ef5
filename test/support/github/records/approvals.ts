import type { RepositoryState } from '../repository.ts';
import type { EnvironmentRecord } from './deployments.ts';

/** A job that is held back by the reviewers of its environment. */
export interface WaitingJob {
  readonly run: number;
  readonly environment: EnvironmentRecord;
  readonly since: Date;
  decide(state: 'approved' | 'rejected'): void;
}

/** What somebody decided about the environments of a run. */
export interface ApprovalRecord {
  readonly run: number;
  readonly environments: readonly EnvironmentRecord[];
  readonly login: string;
  readonly state: 'approved' | 'rejected';
  readonly comment: string;
}

/** The jobs of a repository that wait; for `RepositoryState.part`. */
export function keepWaitingJobs(_: RepositoryState): WaitingJob[] {
  return [];
}

/** The decisions of a repository, oldest first; for `RepositoryState.part`. */
export function keepApprovals(_: RepositoryState): ApprovalRecord[] {
  return [];
}
