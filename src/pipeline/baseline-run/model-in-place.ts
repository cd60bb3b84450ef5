import { type Folders, resolveExisting, trimPath } from '../../config/paths.ts';
import { UserMistake } from '../../errors.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { isAbsent } from '../../training/files.ts';

/** The files of an earlier run's model, if they still lie where it wrote them, and are what they were. */
export async function findModelInPlace(
  folders: Folders,
  files: readonly FileDigest[],
): Promise<ReadonlyMap<string, string> | Unmeasured> {
  const places = new Map<string, string>();
  for (const { path, sha256 } of files) {
    const place = await findPlace(folders, path);
    if (place === undefined) return { reason: `${path}, a file of the model, is gone` };
    if (place.sha256 !== sha256) return { reason: `${path}, a file of the model, has changed since` };
    places.set(trimPath(path), place.real);
  }
  return places;
}

async function findPlace(folders: Folders, path: string) {
  try {
    const real = await resolveExisting(folders, path);
    return { real, ...(await hashFile(real)) };
  } catch (error) {
    if (error instanceof UserMistake || isAbsent(error) || (error as NodeJS.ErrnoException).code === 'EISDIR') {
      return undefined;
    }
    throw error;
  }
}
