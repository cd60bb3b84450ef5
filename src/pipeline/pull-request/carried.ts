import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveExisting, trimPath } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { fromRoot } from './commit-files.ts';
import { CARRIED } from './layout.ts';

/** Digits of the digest that names a carried file: its path is the candidate's, and no part of a name of ours. */
const DIGITS = 32;
/** A larger file is no list of numbers and no validation set: 4 GiB. */
const MAX_BYTES = 4 * 1024 ** 3;

/** What a judge reads of a candidate beside its predictions: scores of validation rows, and reported numbers. */
export function listCarried({ evaluate }: Config): string[] {
  const paths = [evaluate?.['operating-point']?.predictions, ...(evaluate?.reported ?? []).map(({ path }) => path)];
  return [...new Set(paths.flatMap((path) => (path === undefined ? [] : [trimPath(path)])))];
}

/** The name of a carried file in an artifact, by its path in modelgate.yml, however that is spelt. */
export function nameCarried(path: string): string {
  return `${CARRIED}/${computeSha256(trimPath(path)).replace('sha256:', '').slice(0, DIGITS)}`;
}

/** Copies what is there of the carried files into a folder that will be an artifact. */
export async function carryFiles(project: Project, folder: string): Promise<void> {
  for (const path of listCarried(project.config)) {
    const real = await resolveExisting(project, path).catch(() => undefined);
    const entry = real === undefined ? undefined : await lstat(real);
    if (real === undefined || !entry?.isFile() || entry.size > MAX_BYTES) continue;
    await mkdir(join(folder, CARRIED), { recursive: true });
    await copyFile(real, join(folder, nameCarried(path)));
  }
}

/** Of these files those that an artifact does not carry with the content that evidence names, by their paths. */
export async function findUncarried(folder: string, files: readonly FileDigest[]): Promise<string[]> {
  const found = await Promise.all(
    files.map(({ path }) => hashFile(join(folder, nameCarried(path))).catch(() => undefined)),
  );
  return files.filter(({ sha256 }, at) => found[at]?.sha256 !== sha256).map(({ path }) => path);
}

/** Copies the carried files of one layout of ours to another. */
export async function copyCarried(from: string, to: string): Promise<void> {
  const names = await readdir(join(from, CARRIED)).catch(() => []);
  if (names.length > 0) await mkdir(join(to, CARRIED), { recursive: true });
  for (const name of names) await copyFile(join(from, CARRIED, name), join(to, CARRIED, name));
}

/** Puts the carried files of a candidate where the judge's modelgate.yml names them. What lies there already stays. */
export async function placeCarried(folder: string, config: Config, file: string, target: string): Promise<void> {
  for (const path of listCarried(config)) {
    const from = join(folder, nameCarried(path));
    const isThere = await lstat(from).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (!isThere) continue;
    const place = join(target, fromRoot(file, path));
    await mkdir(dirname(place), { recursive: true });
    await copyFile(from, place, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
