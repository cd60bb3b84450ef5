import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folders } from '../config/paths.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import { isAbsent } from './files.ts';

/** Finds the first file that is no longer what it was; undefined when all are. */
export type FindChange = () => Promise<string | undefined>;

/**
 * Remembers how the file system describes some files that were just digested. Afterwards only those that it describes
 * otherwise are read again: a run must not cost a second reading of large data.
 */
export async function watchFiles(folders: Folders, files: readonly FileDigest[]): Promise<FindChange> {
  const marks = await Promise.all(files.map(({ path }) => readMark(folders, path)));
  return async () => {
    for (const [index, file] of files.entries()) {
      const mark = await readMark(folders, file.path);
      if (mark !== undefined && mark === marks[index]) continue;
      if (mark === undefined || (await hashFile(join(folders.folder, file.path))).sha256 !== file.sha256)
        return file.path;
    }
    return undefined;
  };
}

/** The time of the last change of status cannot be set by a program, so it shows each writing. */
async function readMark(folders: Folders, path: string): Promise<string | undefined> {
  try {
    const entry = await stat(join(folders.folder, path), { bigint: true });
    return entry.isFile() ? `${entry.dev} ${entry.ino} ${entry.size} ${entry.mtimeNs} ${entry.ctimeNs}` : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
