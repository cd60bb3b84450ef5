import { realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import { UserMistake } from '../errors.ts';

/** Two folders, absolute and real: the one of modelgate.yml, where commands run, and the repository's. */
export interface Folders {
  readonly folder: string;
  readonly root: string;
}

/**
 * Says what is wrong with a path that a file of the user's names, seen as text only; undefined when nothing is.
 * `depth` is how many folders the file lies below the repository's root: so many `..` are allowed.
 */
export function findPathFault(path: string, depth: number): string | undefined {
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path)) return 'it is absolute';
  if (path.includes('\\')) return 'it has a backslash; use forward slashes';
  if ([...path].some((character) => character.charCodeAt(0) < 32)) return 'it has a control character';
  let level = depth;
  for (const part of path.split('/')) {
    if (part === '..') level -= 1;
    else if (part !== '.' && part !== '') level += 1;
    if (level < 0) return 'it leaves the repository';
  }
  return undefined;
}

/**
 * The absolute real path of a file that must exist, with symbolic links followed.
 * Throws UserMistake when it is not there or when a link leads out of the repository.
 */
export async function resolveExisting(folders: Folders, path: string): Promise<string> {
  let real: string;
  try {
    real = await realpath(join(folders.folder, path));
  } catch (error) {
    throw new UserMistake({ file: path, found: 'there is no such file or folder' }, { cause: error });
  }
  if (!isInside(folders.root, real)) {
    throw new UserMistake({ file: path, found: 'a symbolic link leads out of the repository' });
  }
  return real;
}

/** A path without `./`, doubled slashes and a slash at the end, so that two spellings are one. */
export function trimPath(path: string): string {
  return posix.normalize(path).replace(/\/$/, '');
}

/** Whether `path` is `folder` or lies below it. Both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
