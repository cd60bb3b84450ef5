import { findMergeBase, listChanges, listCommits } from './git/reading.ts';
import { keepComments } from './records/comments.ts';
import type { PullRecord } from './records/pulls.ts';
import type { RepositoryState } from './repository.ts';

/** The commits that a pull request adds: from where it left the base to its head. */
export async function findRange(
  repository: RepositoryState,
  pull: PullRecord,
): Promise<{ base: string; range: string }> {
  const base = (await findMergeBase(repository.folder, pull.base.sha, pull.head.sha)) ?? pull.base.sha;
  return { base, range: `${base}..${pull.head.sha}` };
}

/** The numbers that a single pull request has beyond one in a list. */
export async function countPull(
  repository: RepositoryState,
  pull: PullRecord,
): Promise<{ commits: number; changed_files: number; additions: number; deletions: number; comments: number }> {
  const { base, range } = await findRange(repository, pull);
  const changes = await listChanges(repository.folder, base, pull.head.sha);
  const sum = (key: 'additions' | 'deletions') => changes.reduce((total, change) => total + change[key], 0);
  return {
    commits: (await listCommits(repository.folder, range)).length,
    changed_files: changes.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    comments: repository.part(keepComments).filter((comment) => comment.number === pull.number).length,
  };
}
