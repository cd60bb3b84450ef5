import { mkdir, rm } from 'node:fs/promises';
import { git } from './git.ts';
import { checkSha, OBJECTS } from './objects.ts';

/** Ten minutes: a commit with large files, some of which a filter such as Git LFS may have to fetch. */
const PATIENCE_MS = 600_000;

/**
 * Writes the files of a commit of a clone into a folder that is not there yet, as a checkout would: executable bits, links,
 * and the filters that its own attributes name. The clone, its index and its working tree stay as they are, and what the
 * working tree says of attributes counts for nothing. Throws what git says.
 */
export async function exportCommit(clone: string, commit: string, target: string, signal?: AbortSignal): Promise<void> {
  const index = `${target}.index`;
  await mkdir(target);
  const own = await git(clone, ['rev-parse', '--absolute-git-dir']);
  const places = { GIT_DIR: own, GIT_WORK_TREE: target, GIT_INDEX_FILE: index };
  const options = { environment: { ...OBJECTS, ...places }, patience: PATIENCE_MS, signal };
  // A shared index would be written into the clone.
  const alone = ['-c', 'core.splitIndex=false'];
  try {
    await git(target, [...alone, 'read-tree', '--no-sparse-checkout', `${checkSha(commit)}^{commit}`], options);
    await git(target, [...alone, 'checkout-index', '--all'], options);
  } finally {
    await rm(index, { force: true });
  }
}
