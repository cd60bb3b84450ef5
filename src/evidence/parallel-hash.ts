import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type FileHash, hashFile } from './file-hash.ts';

/** Below so many bytes in all, threads take longer to start than they save. */
const WORTH_THREADS = 64 * 1024 * 1024;
const MOST_THREADS = 8;

/** The program of a thread: from sources this file's neighbour, from a bundle a file of its own beside it. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './hash-worker.ts' : './hash-worker.js', import.meta.url);

/** What a thread answers, for the file that it was asked. */
export type HashAnswer = { readonly hash: FileHash } | { readonly fault: Error };

/**
 * Hashes files, several at a time, each in a thread of its own: sha256 keeps a core busy. Answers in the order of the
 * paths. Throws what the file system throws, of the first file that cannot be read.
 */
export async function hashFiles(
  paths: readonly string[],
  options: { readonly workers?: number } = {},
): Promise<FileHash[]> {
  const wanted = options.workers ?? Math.min(availableParallelism(), MOST_THREADS);
  const workers = Math.min(wanted, paths.length);
  if (workers < 2 || !isWorthThreads(paths) || !existsSync(fileURLToPath(WORKER))) {
    const hashes: FileHash[] = [];
    for (const path of paths) hashes.push(await hashFile(path));
    return hashes;
  }
  const hashes: FileHash[] = [];
  let next = 0;
  const threads = Array.from({ length: workers }, () => new Worker(WORKER));
  try {
    await Promise.all(
      threads.map(async (thread) => {
        for (let index = next++; index < paths.length; index = next++) {
          hashes[index] = await ask(thread, paths[index] as string);
        }
      }),
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return hashes;
}

/** A path that cannot be asked fails where it is read. */
function isWorthThreads(paths: readonly string[]): boolean {
  const sizes = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0) >= WORTH_THREADS;
}

function ask(thread: Worker, path: string): Promise<FileHash> {
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', (answer: HashAnswer) => {
      thread.off('error', reject);
      if ('hash' in answer) resolve(answer.hash);
      else reject(answer.fault);
    });
    thread.postMessage(path);
  });
}
