import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { type Folders, isInside, trimPath } from '../config/paths.ts';
import { hashFiles } from '../evidence/parallel-hash.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';

/** More files than this are not taken for one input or one model. */
const MAX_FILES = 20_000;

/** Files by content, or the reason why there is none that can be trusted. */
export type Digested = { readonly files: FileDigest[] } | { readonly fault: string };

/** Digests what `listFiles` finds. */
export async function digestFiles(folders: Folders, path: string, leftOut?: string): Promise<Digested> {
  const listed = await listFiles(folders, path, leftOut);
  return 'fault' in listed ? listed : { files: await digestPaths(folders, listed.paths) };
}

/** Digests files by their paths from the folder of modelgate.yml. */
export async function digestPaths({ folder }: Folders, paths: readonly string[]): Promise<FileDigest[]> {
  const hashes = await hashFiles(paths.map((path) => join(folder, path)));
  return hashes.map((hash, index) => ({ path: paths[index] ?? '', ...hash }));
}

/**
 * Finds a file, or every file below a folder, sorted by path. A fault: nothing there, neither file nor folder, a link that
 * leads out of the repository or to a folder, too many files. Paths are relative to the folder of modelgate.yml; what lies
 * below `leftOut` is passed over.
 */
export async function listFiles(
  folders: Folders,
  path: string,
  leftOut?: string,
): Promise<{ readonly paths: string[] } | { readonly fault: string }> {
  const found: string[] = [];
  const fault = await collectFiles(folders, trimPath(path), {
    found,
    leftOut: leftOut === undefined ? undefined : trimPath(leftOut),
  });
  return fault ? { fault } : { paths: found.sort() };
}

interface Collection {
  readonly found: string[];
  readonly leftOut: string | undefined;
}

async function collectFiles(folders: Folders, path: string, into: Collection): Promise<string | undefined> {
  if (path === into.leftOut) return undefined;
  const absolute = join(folders.folder, path);
  const kind = await findKind(folders, absolute);
  if ('fault' in kind) return `${path} ${kind.fault}`;
  if (kind.file) {
    into.found.push(path);
    return into.found.length > MAX_FILES ? `there are more than ${MAX_FILES} files` : undefined;
  }
  for (const name of await readdir(absolute)) {
    const fault = await collectFiles(folders, posix.join(path, name), into);
    if (fault) return fault;
  }
  return undefined;
}

async function findKind(folders: Folders, absolute: string): Promise<{ file: boolean } | { fault: string }> {
  try {
    const link = (await lstat(absolute)).isSymbolicLink();
    if (!isInside(folders.root, await realpath(absolute))) return { fault: 'leads out of the repository' };
    const entry = await stat(absolute);
    if (link && entry.isDirectory()) return { fault: 'is a link to a folder; name the folder itself' };
    if (entry.isFile() || entry.isDirectory()) return { file: entry.isFile() };
    return { fault: 'is neither a file nor a folder' };
  } catch (error) {
    if (isAbsent(error)) return { fault: 'is not there' };
    throw error;
  }
}

/** A path with the links of the folders above it followed, not the one at its own place. It need not exist. */
export async function followParents(absolute: string): Promise<string> {
  const parent = dirname(absolute);
  if (parent === absolute) return absolute;
  try {
    return join(await realpath(parent), basename(absolute));
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return join(await followParents(parent), basename(absolute));
  }
}

/** Whether the file system said that there is nothing at a path. A link in a circle counts as nothing. */
export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
}
