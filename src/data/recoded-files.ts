import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attendance, describePace } from '../engine/pace.ts';
import { recodeFile } from '../engine/recoding.ts';
import type { Progress } from '../progress.ts';
import { showName } from './naming.ts';
import type { DatasetSource, SourceFile } from './sources.ts';

/** What goes along with it, and where it is told. */
interface Watch extends Attendance {
  readonly progress?: Progress;
}

/** Sources that the engine can read, and what removes the copies again. */
interface Readable {
  readonly sources: readonly DatasetSource[];
  readonly remove: () => Promise<void>;
}

/**
 * Copies the CSV files that are not UTF-8, as `csv.encoding` says, into a folder below `temporary` as UTF-8. The others
 * stay where they are. Throws UserMistake with the lines that cannot be decoded.
 */
export async function recodeSources(
  sources: readonly DatasetSource[],
  temporary: string,
  watch: Watch = {},
): Promise<Readable> {
  const folder = join(temporary, 'recoded');
  const remove = () => rm(folder, { recursive: true, force: true });
  await remove();
  try {
    const recoded: DatasetSource[] = [];
    for (const [index, source] of sources.entries()) {
      recoded.push({ ...source, files: await recodeFiles(source, join(folder, String(index)), watch) });
    }
    return { sources: recoded, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function recodeFiles(
  { name, config, files }: DatasetSource,
  folder: string,
  { signal, pace, progress }: Watch,
): Promise<readonly SourceFile[]> {
  const encoding = config.csv?.encoding ?? 'utf-8';
  if (encoding === 'utf-8') return files;
  const recoded: SourceFile[] = [];
  const step = progress?.start(`Copying the data set ${showName(name)} as UTF-8`, () => pace && describePace(pace));
  try {
    for (const [index, file] of files.entries()) {
      const target = join(folder, `${index}.csv`);
      await recodeFile(file.table, encoding, target, { signal, pace });
      recoded.push({ ...file, table: { ...file.table, path: target } });
    }
    step?.done();
    return recoded;
  } catch (error) {
    step?.fail();
    throw error;
  }
}
