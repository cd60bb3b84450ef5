import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';

const MOST_THREADS = 8;

/** How many threads this machine keeps busy, as far as it is worth it. */
export function countThreads(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}

/**
 * The program of a thread by its name: from sources it is the neighbour of whose `import.meta.url` is given, from a bundle a
 * file of its own beside it. Undefined where it is not there.
 */
export function findProgram(name: string, from: string): URL | undefined {
  const program = new URL(`./${name}.${from.endsWith('.ts') ? 'ts' : 'js'}`, from);
  return existsSync(fileURLToPath(program)) ? program : undefined;
}

/** What a thread answers to a task. */
type Answer<R> = { readonly result: R } | { readonly fault: Error };

interface ThreadOptions {
  /** How many work side by side at most. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Is told of each task that is done. */
  readonly onDone?: () => void;
}

/** The program of a thread, which does one task after another as it is sent them. Tasks and results are cloned. */
export function serveTasks<T, R>(work: (task: T) => Promise<R>): void {
  const answer = (message: Answer<R>) => parentPort?.postMessage(message);
  parentPort?.on('message', (task: T) => {
    work(task).then(
      (result) => answer({ result }),
      (fault: Error) => answer({ fault }),
    );
  });
}

/**
 * Lets threads of a program do tasks, each thread one at a time. Answers in the order of the tasks. Throws the first fault
 * of a task, and the signal's reason once it aborts; no thread outlives the call.
 */
export async function workInThreads<T, R>(program: URL, tasks: readonly T[], options: ThreadOptions): Promise<R[]> {
  const { signal, onDone } = options;
  signal?.throwIfAborted();
  const results: R[] = [];
  let next = 0;
  const threads = Array.from({ length: Math.min(options.threads, tasks.length) }, () => new Worker(program));
  const stopped = whenAborted(signal);
  try {
    const done = Promise.all(
      threads.map(async (thread) => {
        for (let index = next++; index < tasks.length; index = next++) {
          results[index] = await ask<T, R>(thread, tasks[index] as T);
          onDone?.();
        }
      }),
    );
    await Promise.race([done, stopped.promise]);
  } finally {
    stopped.release();
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return results;
}

/** A promise that fails with the reason of a signal, until it is released. */
function whenAborted(signal: AbortSignal | undefined): {
  readonly promise: Promise<never>;
  readonly release: () => void;
} {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop);
  });
  return { promise, release: () => signal?.removeEventListener('abort', stop) };
}

function ask<T, R>(thread: Worker, task: T): Promise<R> {
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', (answer: Answer<R>) => {
      thread.off('error', reject);
      if ('result' in answer) resolve(answer.result);
      else reject(answer.fault);
    });
    thread.postMessage(task);
  });
}
