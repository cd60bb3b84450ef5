import type { RepositoryState } from '../repository.ts';

/** An issue. */
export interface IssueRecord {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: string | null;
  readonly author: string;
  labels: string[];
  assignees: string[];
  readonly created: Date;
  updated: Date;
  /** When the body was last changed; undefined while it is as it was written. GraphQL alone tells. */
  edited?: Date;
}

/** The issues of a repository, oldest first; for `RepositoryState.part`. Pull requests are not among them. */
export function keepIssues(_: RepositoryState): IssueRecord[] {
  return [];
}
