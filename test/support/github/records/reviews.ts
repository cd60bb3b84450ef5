import type { RepositoryState } from '../repository.ts';

/** A review of a pull request. */
export interface ReviewRecord {
  readonly id: number;
  readonly pull: number;
  readonly login: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly body: string;
  readonly commit: string;
  readonly submitted: Date;
}

/** The reviews of a repository's pull requests, oldest first; for `RepositoryState.part`. */
export function keepReviews(_: RepositoryState): ReviewRecord[] {
  return [];
}
