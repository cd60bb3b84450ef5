import { constants } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Folders, isInside } from '../../config/paths.ts';
import { describeFileFault } from '../../errors.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import { followParents } from '../../training/files.ts';

/**
 * Copies a file to a path of a laid out repository, in the place of what stands there; a link at the place itself is
 * removed, and one above it must not lead out. `sha256` is what the copy must have. What stands in the way is data.
 */
export async function placeFile(
  { folder, root }: Folders,
  path: string,
  source: string,
  sha256?: string,
): Promise<Unmeasured | undefined> {
  const place = await followParents(join(folder, path));
  if (place === root || !isInside(root, place)) return { reason: `the path ${path} leads out of its repository` };
  try {
    await rm(place, { recursive: true, force: true });
    await mkdir(dirname(place), { recursive: true });
    // A file system that can, shares the blocks of both.
    await copyFile(source, place, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  } catch (error) {
    const fault = describeFileFault(error);
    if (fault === undefined) throw error;
    return { reason: `${path} cannot be put at its place: ${fault}` };
  }
  if (sha256 === undefined || (await hashFile(place)).sha256 === sha256) return undefined;
  return { reason: `${path} is not the file that it was` };
}
