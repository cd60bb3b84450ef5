import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileState, PlannedFile } from './planned-files.ts';

type Undo = () => Promise<unknown>;

/**
 * Writes all files, or none: when one cannot be written, everything is put back as it was, and the error is thrown. What
 * is replaced must have been allowed before; a file that appeared in between is never overwritten.
 */
export async function writeFiles(root: string, states: ReadonlyMap<PlannedFile, FileState>): Promise<void> {
  const undo: Undo[] = [];
  const backups: string[] = [];
  try {
    for (const [file, state] of states) {
      if (state === 'same') continue;
      const target = join(root, file.path);
      await makeFolder(dirname(target), undo);
      const backup = state === 'new' ? undefined : await moveAway(target, undo);
      if (backup) backups.push(backup.path);
      await writeNew(target, file.content, backup?.mode ?? 0o666, undo);
    }
  } catch (error) {
    // What cannot be put back must not keep the rest from it.
    for (const step of undo.toReversed()) await step().catch(() => undefined);
    throw error;
  }
  for (const backup of backups) await rm(backup, { force: true });
}

async function makeFolder(folder: string, undo: Undo[]): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  undo.push(async () => {
    for (let path = folder; path.length >= first.length; path = dirname(path)) await rmdir(path);
  });
}

async function moveAway(target: string, undo: Undo[]): Promise<{ path: string; mode: number }> {
  const path = `${target}.${randomBytes(4).toString('hex')}.before`;
  // A link that leads nowhere has no mode of its own.
  const mode = await stat(target).then(
    (entry) => entry.mode & 0o777,
    () => 0o666,
  );
  await rename(target, path);
  undo.push(() => rename(path, target));
  return { path, mode };
}

async function writeNew(target: string, content: string | Uint8Array, mode: number, undo: Undo[]): Promise<void> {
  const file = await open(target, 'wx', mode);
  undo.push(() => rm(target, { force: true }));
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}
