import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describeFileFault, UserMistake } from '../../errors.ts';
import type { Account } from './question.ts';
import type { BudgetStore } from './store.ts';

/** A larger file is refused: 16 MiB are some 20,000 verdicts. */
const MAX_BYTES = 16 * 1024 ** 2;

/** How often and how long, in milliseconds, the end of a line is waited for that another process is about to write. */
const [WAITS, WAIT_MS] = [20, 25];

/**
 * Counts in a file, one JSON object a line, where there is no ledger. Lines are only ever added, in one write each at the
 * end that the file has then, so that two processes lose nothing of each other's; what both wrote counts once. No lock is
 * needed: a verdict's place is that of its line, read after it was written, and no line ever moves. So of several that take
 * the last verdict at once only one has that place. This holds on a disk of one machine; NFS cannot add to an end.
 */
export function openBudgetFile(path: string): BudgetStore {
  async function read({ budget, model }: Account): Promise<readonly string[]> {
    const lines = (await readLines(path)).map((line, index) => parseLine(path, line, index + 1));
    const own = lines.filter((line) => line.budget === budget && line.model === model);
    return [...new Set(own.map(({ id }) => id))];
  }
  return {
    read,
    async count(verdict) {
      if (!(await read(verdict)).includes(verdict.id)) await addLine(path, JSON.stringify(verdict));
      return read(verdict);
    },
  };
}

async function readLines(path: string, waits = WAITS): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    return refuse(path, 'read', error);
  });
  if (text.length > MAX_BYTES) {
    throw new UserMistake({ file: path, found: `it has more than ${MAX_BYTES} bytes`, fix: FIX });
  }
  if (text !== '' && !text.endsWith('\n') && waits > 0) {
    await setTimeout(WAIT_MS);
    return readLines(path, waits - 1);
  }
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function parseLine(path: string, line: string, number: number): Account & { readonly id: string } {
  try {
    const { budget, model, id } = JSON.parse(line) as Record<string, unknown>;
    if (typeof budget === 'string' && typeof model === 'string' && typeof id === 'string') return { budget, model, id };
  } catch {
    // What is no JSON is no verdict either.
  }
  throw new UserMistake({ file: path, line: number, found: 'this line is no verdict that was counted', fix: FIX });
}

async function addLine(path: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a');
    try {
      await file.appendFile(`${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    refuse(path, 'written', error);
  }
}

function refuse(path: string, done: 'read' | 'written', error: unknown): never {
  const fault = describeFileFault(error);
  if (fault === undefined) throw error;
  throw new UserMistake({ file: path, found: `this file cannot be ${done}: ${fault}`, fix: FIX }, { cause: error });
}

const FIX = 'It counts the verdicts of the test set: put back a copy of it, or name another with --budget-file.';
