import { statSync } from 'node:fs';
import { countThreads, findProgram, workInThreads } from '../threads.ts';
import { type FileHash, hashFile } from './file-hash.ts';

/** Below so many bytes in all, threads take longer to start than they save. */
const WORTH_THREADS = 64 * 1024 * 1024;

/**
 * Hashes files, several at a time, each in a thread of its own: sha256 keeps a core busy. Answers in the order of the
 * paths. Throws what the file system throws, of the first file that cannot be read, and the signal's reason once it aborts.
 * With `aside` one file alone has a thread of its own too, so that the caller can do other things meanwhile.
 */
export async function hashFiles(
  paths: readonly string[],
  options: { readonly workers?: number; readonly aside?: boolean; readonly signal?: AbortSignal } = {},
): Promise<FileHash[]> {
  const { aside = false, signal } = options;
  signal?.throwIfAborted();
  const workers = Math.min(options.workers ?? countThreads(), paths.length);
  const areWorth = workers >= (aside ? 1 : 2) && isWorthThreads(paths);
  const program = areWorth ? findProgram('hash-worker', import.meta.url) : undefined;
  if (!program) {
    const hashes: FileHash[] = [];
    for (const path of paths) {
      signal?.throwIfAborted();
      hashes.push(await hashFile(path));
    }
    return hashes;
  }
  return workInThreads<string, FileHash>(program, paths, { threads: workers, signal });
}

/** A path that cannot be asked fails where it is read. */
function isWorthThreads(paths: readonly string[]): boolean {
  const sizes = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0) >= WORTH_THREADS;
}
