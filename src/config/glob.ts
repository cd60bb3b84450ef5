import { type Dirent, promises, readdir } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type FileSystemAdapter, glob } from 'tinyglobby';
import { type Folders, isInside } from './paths.ts';

/**
 * The files that a pattern matches, sorted, relative to the folder of modelgate.yml. Links are listed as files and not
 * followed, whatever they lead to: the caller judges them. Names with a leading dot match only where the pattern says so.
 * Nothing outside the repository is walked.
 */
export async function listMatches(folders: Folders, pattern: string): Promise<string[]> {
  const found = await glob(pattern, {
    cwd: folders.folder,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ['**/.git/**', '**/.modelgate/**'],
    fs: { readdir: makeReader(folders.root) as NonNullable<FileSystemAdapter['readdir']> },
  });
  return found.sort();
}

/** So deep that no path or pattern of a repository leads above the root. */
const NOWHERE = resolve(`/${'0/'.repeat(64)}`);

/** Whether `listMatches` finds a path, relative to the folder of modelgate.yml, if a file is there. None needs to be. */
export async function isMatch(pattern: string, path: string): Promise<boolean> {
  const target = resolve(NOWHERE, path);
  const found = await glob(pattern, {
    cwd: NOWHERE,
    followSymbolicLinks: false,
    expandDirectories: false,
    absolute: true,
    fs: { readdir: makeReaderOf(target) as NonNullable<FileSystemAdapter['readdir']> },
  });
  return found.some((one) => resolve(one) === target);
}

/** Reads folders that hold one file and the folders above it, and nothing else. */
function makeReaderOf(target: string) {
  return (path: string, _options: { withFileTypes: true }, answer: Answer): void => {
    const [name = '', ...rest] = relative(path, target).split(sep);
    const isFile = rest.length === 0;
    const entry = { name, isFile: () => isFile, isDirectory: () => !isFile, isSymbolicLink: () => false };
    answer(null, name === '' || name === '..' ? [] : [entry as Dirent]);
  };
}

type Answer = (error: Error | null, entries?: Dirent[]) => void;

/** The glob library passes over links that it does not follow, and an input must not vanish: here they pass for files. */
function makeReader(root: string) {
  return (path: string, _options: { withFileTypes: true }, answer: Answer): void => {
    promises.realpath(path).then(
      (real) => {
        if (!isInside(root, real)) return answer(null, []);
        readdir(path, { withFileTypes: true }, (error, entries) => answer(error, entries?.map(showLinkAsFile)));
      },
      (error: Error) => answer(error),
    );
  };
}

function showLinkAsFile(entry: Dirent): Dirent {
  if (!entry.isSymbolicLink()) return entry;
  return Object.assign(Object.create(entry), { name: entry.name, isFile: () => true, isSymbolicLink: () => false });
}
