import { readBlob, writeBlob } from './blobs.ts';
import { findMergeBase, listFirstParents, listTree, readTree, type TreeEntry } from './objects.ts';

/** A large data set, and less than the disk of a hosted runner. */
const LARGEST = 4 * 1024 ** 3;

/** The files of commits in the repository that a folder lies in, as git keeps them: nothing is checked out. */
export function openCommitFiles(folder: string) {
  return {
    async find(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
      return new Map((await readTree(folder, commit, paths)).map((entry) => [entry.path, entry] as const));
    },
    list(commit: string): Promise<readonly TreeEntry[]> {
      return listTree(folder, commit);
    },
    read({ oid }: TreeEntry, most: number): Promise<Uint8Array> {
      return readBlob(folder, oid, most);
    },
    async write({ oid }: TreeEntry, target: string): Promise<void> {
      await writeBlob(folder, oid, target, LARGEST);
    },
    findMergeBase(one: string, other: string): Promise<string | undefined> {
      return findMergeBase(folder, one, other);
    },
    listFirstParents(commit: string, most: number): Promise<readonly string[]> {
      return listFirstParents(folder, commit, most);
    },
  };
}
