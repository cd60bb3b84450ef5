import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { isPattern } from '../config/dataset-consistency.ts';
import { listMatches } from '../config/glob.ts';
import { type Folders, resolveExisting } from '../config/paths.ts';
import { detectFormat, type Format } from '../engine/tables.ts';
import { type Problem, UserMistake } from '../errors.ts';
import { showName } from './naming.ts';

/** More files than this are not read as one data set. */
const MAX_FILES = 10_000;

/** One of the files of a data set. */
export interface DataFile {
  /** Absolute real path. */
  readonly path: string;
  /** As modelgate.yml would name it: relative to its folder, with forward slashes. */
  readonly shown: string;
}

export interface FoundFiles {
  /** Sorted by name, by code points; one at least. */
  readonly files: readonly DataFile[];
  readonly format: Format;
  /** The folder that partitions are looked for below, relative to the folder of modelgate.yml. */
  readonly top: string;
  /** Whether `path` stands for several files, even where it finds one. */
  readonly several: boolean;
}

/**
 * The files that a path of a data set stands for: itself, the files of one format below a folder, or what a pattern
 * matches. Names that begin with a dot or an underscore are passed over below a folder, as engines do that write such
 * folders. Throws UserMistake without a place: links out of the repository, pipes, several formats, nothing at all.
 */
export async function listDataFiles(folders: Folders, path: string, given: Format | undefined): Promise<FoundFiles> {
  const trimmed = posix.normalize(path).replace(/(.)\/$/, '$1');
  const kind = await findKind(folders, trimmed);
  if (kind === 'file') {
    const format = given ?? detectFormat(trimmed);
    if (format === undefined) throw new UserMistake(describeUnnamed(trimmed));
    const files = await resolveFiles(folders, [trimmed]);
    return { files, format, top: posix.dirname(trimmed), several: false };
  }
  const names = kind === 'folder' ? await listFolder(folders, trimmed, given) : await listPattern(folders, trimmed);
  if (names.length > MAX_FILES) {
    const found = `${showName(path)} stands for ${names.length} files; at most ${MAX_FILES} are read as one data set`;
    throw new UserMistake({ found, fix: 'Write larger files, or name several data sets.' });
  }
  const format = chooseFormat(path, names, given);
  const top = kind === 'folder' ? trimmed : findTop(trimmed);
  return { files: await resolveFiles(folders, names), format, top, several: true };
}

async function findKind(folders: Folders, path: string): Promise<'file' | 'folder' | 'pattern'> {
  try {
    const entry = await stat(await resolveExisting(folders, path));
    if (entry.isFile()) return 'file';
    if (entry.isDirectory()) return 'folder';
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const absent = await isAbsent(posix.join(folders.folder, path));
    if (absent && isPattern(path)) return 'pattern';
    const near = absent ? await findNear(folders, path) : undefined;
    const found = `${showName(path)}: ${error.problems[0]?.found ?? 'it cannot be read'}`;
    throw new UserMistake({ found, fix: near ?? 'Paths are relative to the folder of this file.' }, { cause: error });
  }
  throw new UserMistake({ found: `${showName(path)} is not a file` });
}

async function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}

async function listFolder(folders: Folders, path: string, given: Format | undefined): Promise<string[]> {
  const all = await listMatches(folders, `${escapePattern(path)}/**`);
  const names = all.filter((name) => {
    const below = name.slice(path === '.' ? 0 : path.length + 1).split('/');
    const format = detectFormat(name);
    return !below.some((part) => /^[._]/.test(part)) && format !== undefined && (given ?? format) === format;
  });
  if (names.length > 0) return sortNames(names);
  const wanted = given ?? 'csv, parquet or jsonl';
  throw new UserMistake({ found: `there is no ${wanted} file below ${showName(path)}` });
}

async function listPattern(folders: Folders, path: string): Promise<string[]> {
  const names = await listMatches(folders, path);
  if (names.length > 0) return sortNames(names);
  const fix = (await findNear(folders, path)) ?? 'Paths are relative to the folder of this file.';
  throw new UserMistake({ found: `no file matches ${showName(path)}`, fix });
}

/** JavaScript compares units of UTF-16, in which some characters come before others that they come after. */
function sortNames(names: readonly string[]): string[] {
  return names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

function escapePattern(path: string): string {
  return path.replaceAll(/[\\*?[\]{}()!@+]/g, '\\$&');
}

/** The folder before the first part of a pattern that stands for several. */
function findTop(pattern: string): string {
  const parts = pattern.split('/');
  const end = parts.findIndex(isPattern);
  return parts.slice(0, end === -1 ? -1 : end).join('/') || '.';
}

function chooseFormat(path: string, names: readonly string[], given: Format | undefined): Format {
  if (given !== undefined) return given;
  const unnamed = names.find((name) => detectFormat(name) === undefined);
  if (unnamed !== undefined) throw new UserMistake(describeUnnamed(unnamed));
  const formats = [...new Set(names.map(detectFormat))].filter((format) => format !== undefined);
  const [format] = formats;
  if (format !== undefined && formats.length === 1) return format;
  const found = `${showName(path)} stands for files of several formats: ${formats.join(', ')}`;
  throw new UserMistake({
    found,
    fix: 'Say which is meant with `format`, or name them by their ending: `data/*.csv`.',
  });
}

function describeUnnamed(path: string): Problem {
  const packed = /\.(gz|zst|bz2|xz|zip)$/i.test(path) ? '; files that are packed are not unpacked here' : '';
  const found = `the name of ${showName(path)} does not say whether it is csv, parquet or jsonl${packed}`;
  return { found, fix: 'Add `format` to the data set.' };
}

async function resolveFiles(folders: Folders, names: readonly string[]): Promise<DataFile[]> {
  const files: DataFile[] = [];
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const name of names) {
    try {
      const path = await resolveExisting(folders, name);
      const earlier = seen.get(path);
      if (earlier !== undefined) problems.push({ found: `${showName(earlier)} and ${showName(name)} are one file` });
      else if (!(await stat(path)).isFile()) problems.push({ found: `${showName(name)} is not a file` });
      seen.set(path, name);
      files.push({ path, shown: name });
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      problems.push({ found: `${showName(name)}: ${error.problems[0]?.found ?? 'it cannot be read'}` });
    }
  }
  if (problems.length > 0) throw new UserMistake(problems.slice(0, 5));
  return files;
}

/** The file in the same folder that was probably meant, as a sentence. */
async function findNear({ folder }: Folders, path: string): Promise<string | undefined> {
  const top = isPattern(path) ? findTop(path) : dirname(path);
  const names = await readdir(posix.join(folder, top)).catch(() => []);
  const wanted = path.slice(top === '.' ? 0 : top.length + 1);
  const known = names.filter((name) => detectFormat(name) !== undefined);
  if (known.length === 0) return undefined;
  const nearest = closest(wanted, known);
  const isNear = isPattern(path) || distance(wanted, nearest) <= Math.max(2, wanted.length / 2);
  return isNear ? `There is ${showName(posix.join(top, nearest))}.` : undefined;
}
