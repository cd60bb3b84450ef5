import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { workInThreads } from '../threads.ts';
import { type FileHash, hashFile } from './file-hash.ts';

/** Below so many bytes in all, threads take longer to start than they save. */
const WORTH_THREADS = 64 * 1024 * 1024;
const MOST_THREADS = 8;

/** The program of a thread: from sources this file's neighbour, from a bundle a file of its own beside it. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './hash-worker.ts' : './hash-worker.js', import.meta.url);

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
  const wanted = options.workers ?? Math.min(availableParallelism(), MOST_THREADS);
  const workers = Math.min(wanted, paths.length);
  if (workers < (aside ? 1 : 2) || !isWorthThreads(paths) || !existsSync(fileURLToPath(WORKER))) {
    const hashes: FileHash[] = [];
    for (const path of paths) {
      signal?.throwIfAborted();
      hashes.push(await hashFile(path));
    }
    return hashes;
  }
  return workInThreads<string, FileHash>(WORKER, paths, { threads: workers, signal });
}

/** A path that cannot be asked fails where it is read. */
function isWorthThreads(paths: readonly string[]): boolean {
  const sizes = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0) >= WORTH_THREADS;
}
