import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Problem, UserMistake } from '../../errors.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import { refuseLinks } from './links.ts';
import type { Staging } from './staging.ts';

/** A file as it has to be in the end. */
export interface Final {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Which files a folder still lacks. One that is there with the right bytes is left alone. Throws UserMistake that names
 * every other one, unless they may be replaced; and of links and folders in the way in any case.
 */
export async function listMissing<T extends Final>(folder: string, files: readonly T[], force: boolean): Promise<T[]> {
  const missing: T[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    await refuseLinks(folder, file.path);
    const place = join(folder, file.path);
    const state = await readState(place, file);
    if (state === 'right') continue;
    missing.push(file);
    if (state === 'folder') problems.push({ file: place, found: 'a folder stands where a file of the release goes' });
    if (state === 'other' && !force) {
      const fix = 'Add --force to replace it, or name another folder with --to.';
      problems.push({ file: place, found: 'this file is there already, and is another one', fix });
    }
  }
  if (problems.length > 0) throw new UserMistake(problems);
  return missing;
}

async function readState(place: string, file: Final): Promise<'right' | 'other' | 'folder' | 'none'> {
  const found = await lstat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (found === undefined) return 'none';
  if (found.isDirectory()) return 'folder';
  if (!found.isFile() || found.size !== file.size) return 'other';
  return (await hashFile(place)).sha256 === file.sha256 ? 'right' : 'other';
}

/** Gives verified files their final names, the last step of all. Several files of the same bytes get copies. */
export async function placeFiles(
  folder: string,
  files: readonly Final[],
  verified: ReadonlyMap<string, string>,
  staging: Staging,
): Promise<void> {
  const last = new Map(files.map((file) => [file.sha256, file]));
  for (const file of files) {
    const from = verified.get(file.sha256);
    if (from === undefined) throw new Error(`${file.path} was not fetched`);
    await refuseLinks(folder, file.path);
    const place = join(folder, file.path);
    await mkdir(dirname(place), { recursive: true });
    if (last.get(file.sha256) === file) {
      await rename(from, place);
      continue;
    }
    const copy = staging.locate(file.sha256, 'copy');
    await rm(copy, { force: true });
    await copyFile(from, copy, constants.COPYFILE_FICLONE);
    await rename(copy, place);
  }
}
