import { posix } from 'node:path';
import type { TreeEntry } from '../../github/objects.ts';

export type { TreeEntry } from '../../github/objects.ts';

/**
 * The files of commits, read as git keeps them: nothing is checked out, no link is followed, no filter or hook runs.
 * Paths lead from the root of the repository, with forward slashes and no `.` or `..` in them.
 */
export interface CommitFiles {
  /** What stands at these paths, by path; a path with nothing at it is left out. */
  find(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>>;
  /** Every entry of a commit but folders. */
  list(commit: string): Promise<readonly TreeEntry[]>;
  /** The bytes of a file, which must not be larger than `most`: the caller has looked at its size. */
  read(entry: TreeEntry, most: number): Promise<Uint8Array>;
  /** Writes a file byte for byte; the folder of `target` is there, and nothing at `target` itself. */
  write(entry: TreeEntry, target: string): Promise<void>;
  /** The commit where two histories parted; undefined where they have none in common or it is not at hand. */
  findMergeBase(one: string, other: string): Promise<string | undefined>;
  /** A commit and its first parents, the nearest first, as far as they are at hand and at most `most`. */
  listFirstParents(commit: string, most: number): Promise<readonly string[]>;
}

/** What stands at these paths; one that leads out of the repository, or is its root, has nothing at it. */
export function findEntries(
  files: CommitFiles,
  commit: string,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const plain = [...new Set(paths)].filter((path) => path.split('/').every((part) => !['', '.', '..'].includes(part)));
  return files.find(commit, plain);
}

/** A path of a modelgate.yml as seen from the root of the repository. `config` is that of the file. */
export function fromRoot(config: string, path: string): string {
  return posix.normalize(posix.join(posix.dirname(config), path)).replace(/\/$/, '');
}

/** The folders that a path lies in, the outermost first. */
export function listParents(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
