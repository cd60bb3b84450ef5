import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recodeFile } from '../engine/recoding.ts';
import type { DatasetSource, SourceFile } from './sources.ts';

/** Sources that the engine can read, and what removes the copies again. */
interface Readable {
  readonly sources: readonly DatasetSource[];
  readonly remove: () => Promise<void>;
}

/**
 * Copies the CSV files that are not UTF-8, as `csv.encoding` says, into a folder below `temporary` as UTF-8. The others
 * stay where they are. Throws UserMistake with the lines that cannot be decoded.
 */
export async function recodeSources(sources: readonly DatasetSource[], temporary: string): Promise<Readable> {
  const folder = join(temporary, 'recoded');
  const remove = () => rm(folder, { recursive: true, force: true });
  await remove();
  try {
    const recoded: DatasetSource[] = [];
    for (const [index, source] of sources.entries()) {
      recoded.push({ ...source, files: await recodeFiles(source, join(folder, String(index))) });
    }
    return { sources: recoded, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function recodeFiles({ config, files }: DatasetSource, folder: string): Promise<readonly SourceFile[]> {
  const encoding = config.csv?.encoding ?? 'utf-8';
  if (encoding === 'utf-8') return files;
  const recoded: SourceFile[] = [];
  for (const [index, file] of files.entries()) {
    const target = join(folder, `${index}.csv`);
    await recodeFile(file.table, encoding, target);
    recoded.push({ ...file, table: { ...file.table, path: target } });
  }
  return recoded;
}
