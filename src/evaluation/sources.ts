import { basename } from 'node:path';
import type { Engine } from '../engine/connection.ts';
import { type Format, readTable, type Table } from '../engine/tables.ts';
import { messageOf, UserMistake } from '../errors.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';

/** Why something could not be measured, as a sentence without a final full stop. */
export interface Unmeasured {
  readonly reason: string;
}

/** A file that is there, and whose name says how to read it. */
export interface Source {
  /** As messages name it. */
  readonly shown: string;
  /** Absolute and real. */
  readonly path: string;
  readonly format: Format;
}

/** A source whose content evidence speaks of. */
export interface HashedSource extends Source {
  readonly digest: FileDigest;
}

/** Opens a source as a table. What is wrong inside it is an answer; that a run was stopped is not. */
export async function openSource(
  engine: Engine,
  source: Source,
  role: string,
  signal: AbortSignal | undefined,
): Promise<Table | Unmeasured> {
  const name = source.shown;
  try {
    return await readTable(engine, { path: source.path, format: source.format, name });
  } catch (error) {
    signal?.throwIfAborted();
    return { reason: `the ${role} file \`${name}\` cannot be read: ${describeError(error, source.path)}` };
  }
}

/** The message in one line, without the machine's own path. */
export function describeError(error: unknown, path: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  const text =
    error instanceof UserMistake
      ? error.problems.map(({ line, found }) => (line === undefined ? found : `line ${line}: ${found}`)).join('; ')
      : messageOf(error);
  return text.replaceAll(path, basename(path)).replaceAll(/\s+/g, ' ').trim();
}
