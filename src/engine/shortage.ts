import { messageOf, UserMistake } from '../errors.ts';

/** What the engine may hold, and where it puts what is more. */
export interface Limits {
  /** Bytes. */
  readonly memory: number;
  /** The folder for what does not fit into memory. */
  readonly temporary: string;
}

const MIB = 1024 * 1024;

/**
 * What to do where a query failed for want of memory or of room on the disk, which is nothing that is wrong with the query;
 * undefined of any other failure.
 */
export function describeShortage(error: unknown, { memory, temporary }: Limits): UserMistake | undefined {
  const [first = '', ...others] = messageOf(error).split('\n');
  const isFull = /^IO Error: .*(No space left on device|not enough space|disk is full)/i.test(first);
  if (isFull || (/^Out of Memory Error/.test(first) && others.join('\n').includes('max_temp_directory_size'))) {
    const found = `what does not fit into memory does not fit on the disk of ${temporary} either`;
    const fix = 'Make room there, or name another folder with the variable RUNNER_TEMP, or allow more memory.';
    return new UserMistake({ found, fix }, { cause: error });
  }
  if (!/^Out of Memory Error/.test(first)) return undefined;
  const found = `the data need more memory than the ${Math.floor(memory / MIB)} MiB that may be used`;
  const fix =
    'Where data are checked, allow more with --memory (the input memory of an action); else use a machine that has more.';
  return new UserMistake({ found, fix }, { cause: error });
}
