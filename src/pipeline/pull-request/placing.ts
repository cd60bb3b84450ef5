import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveExisting } from '../../config/paths.ts';
import { UserMistake } from '../../errors.ts';
import { type CommitFiles, listParents, type TreeEntry } from './commit-files.ts';

/** A larger file of a commit is refused: 2 GiB. GitHub takes none over 100 MiB outside of LFS. */
const MAX_BYTES = 2 * 1024 ** 3;
/** How every Git LFS pointer begins (git-lfs, docs/spec.md). */
const POINTER = 'version https://git-lfs.github.com/spec/v1';

const NAMES = { folder: 'a folder', link: 'a symbolic link', submodule: 'a submodule' } as const;

/** Places a file of the checked-out base in another folder, links followed; nothing where it is not there. */
export async function placeFromCheckout(checkout: string, path: string, target: string): Promise<string | undefined> {
  let real: string;
  const root = await realpath(checkout);
  try {
    real = await resolveExisting({ folder: root, root }, path);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const isThere = error.problems[0]?.found !== 'there is no such file or folder';
    return isThere ? `${path}: ${error.problems[0]?.found}` : undefined;
  }
  if (!(await stat(real)).isFile()) return undefined;
  const place = await makeRoom(target, path);
  // Large data are not copied; across file systems they have to be.
  await link(real, place).catch(() => copyFile(real, place, constants.COPYFILE_EXCL));
  return findPointer(path, place);
}

/**
 * Places a file of a commit byte for byte, at its own path or at `as`. Says why a path may not be judged; undefined when it
 * is placed or not there.
 */
export async function placeFromCommit(
  files: CommitFiles,
  entries: ReadonlyMap<string, TreeEntry>,
  path: string,
  target: string,
  as: string = path,
): Promise<string | undefined> {
  for (const parent of listParents(path)) {
    const kind = entries.get(parent)?.kind;
    if (kind === 'link' || kind === 'submodule') return `${path} lies below ${parent}, which is ${NAMES[kind]}`;
  }
  const entry = entries.get(path);
  if (!entry) return undefined;
  if (entry.kind !== 'file') return `${path} is ${NAMES[entry.kind]}; only files are judged`;
  if (entry.size > MAX_BYTES) return `${path} has ${entry.size} bytes; at most ${MAX_BYTES} are judged`;
  const place = await makeRoom(target, as);
  await files.write(entry, place);
  return findPointer(path, place);
}

async function makeRoom(target: string, path: string): Promise<string> {
  const place = join(target, path);
  await mkdir(dirname(place), { recursive: true });
  return place;
}

async function findPointer(path: string, place: string): Promise<string | undefined> {
  const file = await open(place, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(POINTER.length), 0, POINTER.length, 0);
    if (buffer.toString('latin1', 0, bytesRead) !== POINTER) return undefined;
    return `${path} is a pointer of Git LFS, and its content is not at hand: data that a pull request changes must lie in git itself`;
  } finally {
    await file.close();
  }
}
