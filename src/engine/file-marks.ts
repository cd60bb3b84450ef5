import { stat } from 'node:fs/promises';
import { UserMistake } from '../errors.ts';
import type { TableFile } from './table.ts';

/** Throws UserMistake with the files that are no longer what they were. */
export type RequireUnchanged = () => Promise<void>;

/** Remembers how the file system describes some files, so that numbers are not built on a file that changes meanwhile. */
export async function watchTables(files: readonly TableFile[]): Promise<RequireUnchanged> {
  const marks = await Promise.all(files.map(readMark));
  return async () => {
    const now = await Promise.all(files.map(readMark));
    const changed = files.filter((_, index) => now[index] !== marks[index]);
    if (changed.length === 0) return;
    throw new UserMistake(
      changed.slice(0, 5).map(({ name }) => ({
        file: name,
        found: 'this file changed while it was read',
        fix: 'Check it again when nothing writes to it.',
      })),
    );
  };
}

/** What tells one state of a file from the next; empty where it is gone. */
async function readMark({ path }: TableFile): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ ino, size, mtimeNs }) => `${ino} ${size} ${mtimeNs}`,
    () => '',
  );
}
