import { access, constants, lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInside } from '../../config/paths.ts';
import { describeFileFault, type Problem } from '../../errors.ts';

/** A file that is to be written. */
export interface PlannedFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Whether lines are added to a file of the user's, which is no overwriting. */
  readonly adds?: boolean;
}

export type FileState = 'new' | 'changed' | 'replaced' | 'same';

/** Finds what each file would be, and adds to `problems` everything that keeps it from being written. */
export async function inspectFiles(
  root: string,
  files: readonly PlannedFile[],
  force: boolean,
  problems: Problem[],
): Promise<Map<PlannedFile, FileState>> {
  const states = new Map<PlannedFile, FileState>();
  for (const file of files) {
    const fault = await findFolderFault(root, file.path);
    if (fault) {
      problems.push({ file: file.path, ...fault });
      continue;
    }
    const state = await inspectFile(root, file);
    states.set(file, state);
    if (state === 'replaced' && !force) {
      const fix = 'Compare it with --dry-run; move it away, or replace it with --force.';
      problems.push({ file: file.path, found: 'this file is there already', fix });
    } else if (state === 'changed' && (await lstat(join(root, file.path))).isSymbolicLink()) {
      const fix = 'Add the lines that --dry-run prints yourself, and run it again.';
      problems.push({ file: file.path, found: 'this is a symbolic link, and lines are to be added', fix });
    }
  }
  return states;
}

async function inspectFile(root: string, { path, content, adds }: PlannedFile): Promise<FileState> {
  const before = await lstat(join(root, path)).catch(() => undefined);
  if (!before) return 'new';
  if (before.isFile() && (await readFile(join(root, path))).equals(Buffer.from(content))) return 'same';
  return adds ? 'changed' : 'replaced';
}

/** Why nothing can be written at a path: the nearest folder that is there decides. */
async function findFolderFault(root: string, path: string): Promise<{ found: string; fix: string } | undefined> {
  let folder = dirname(join(root, path));
  while (folder !== root && (await isAbsent(folder))) folder = dirname(folder);
  const shown = folder === root ? 'the folder of the repository' : folder.slice(root.length + 1);
  try {
    if (!(await stat(folder)).isDirectory()) {
      return { found: `${shown} is a file, and a folder is needed`, fix: 'Move it away.' };
    }
    if (!isInside(root, await realpath(folder))) {
      return { found: `${shown} is a symbolic link out of the repository`, fix: 'Replace it by a folder.' };
    }
    await access(folder, constants.W_OK);
    const target = await lstat(join(root, path)).catch(() => undefined);
    return target?.isDirectory() ? { found: 'this is a folder', fix: 'Move it away.' } : undefined;
  } catch (error) {
    const reason = describeFileFault(error);
    if (reason === undefined) throw error;
    return { found: `${shown} cannot be written to: ${reason}`, fix: 'Get the rights to it, or use another folder.' };
  }
}

async function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}
