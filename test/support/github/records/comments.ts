import type { RepositoryState } from '../repository.ts';
import type { AppIdentity } from '../tokens.ts';

/** A comment on an issue or a pull request. */
export interface CommentRecord {
  readonly id: number;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly login: string;
  readonly app: AppIdentity | undefined;
  body: string;
  readonly created: Date;
  updated: Date;
  /** When its text was changed last. */
  edited?: Date;
}

/** The comments of a repository, oldest first; for `RepositoryState.part`. */
export function keepComments(_: RepositoryState): CommentRecord[] {
  return [];
}
