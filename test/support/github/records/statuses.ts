import type { RepositoryState } from '../repository.ts';

/** A commit status. None is ever changed: the newest of a context counts. */
export interface StatusRecord {
  readonly id: number;
  readonly sha: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly created: Date;
}

/** The commit statuses of a repository, oldest first; for `RepositoryState.part`. */
export function keepStatuses(_: RepositoryState): StatusRecord[] {
  return [];
}

/** The newest status of each context on a commit. */
export function listNewest(all: readonly StatusRecord[], sha: string): StatusRecord[] {
  const own = all.filter((status) => status.sha === sha);
  return [...new Map(own.map((status) => [status.context, status])).values()];
}

/** What the statuses of a commit come to; `pending` without any. */
export function combineStates(statuses: readonly StatusRecord[]): 'failure' | 'pending' | 'success' {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) return 'failure';
  return statuses.length === 0 || statuses.some(({ state }) => state === 'pending') ? 'pending' : 'success';
}
