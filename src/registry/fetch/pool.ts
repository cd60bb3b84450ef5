import { type Problem, UserMistake } from '../../errors.ts';

/**
 * Does something with every item, a few at a time, and ends what still runs when something breaks. What the user has to
 * know of several items is told together: throws one UserMistake, or the first of any other errors.
 */
export async function doInParallel<T>(
  items: Iterable<T>,
  width: number,
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const all = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const queue = items[Symbol.iterator]();
  const problems: Problem[] = [];
  const run = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      all.throwIfAborted();
      try {
        await work(next.value, all);
      } catch (error) {
        if (!(error instanceof UserMistake)) {
          stop.abort(error);
          throw error;
        }
        problems.push(...error.problems);
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: width }, run));
  signal?.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
  const broken = ended.find((one) => one.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  if (problems.length > 0) throw new UserMistake(problems);
}
