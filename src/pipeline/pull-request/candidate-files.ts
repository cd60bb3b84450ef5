import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { detectFormat } from '../../engine/tables.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { PREDICTIONS } from './layout.ts';

/** A larger file of predictions is refused: 4 GiB. */
export const MAX_PREDICTIONS = 4 * 1024 ** 3;
/** More entries than any layout of ours has. */
const MAX_ENTRIES = 256;

/** Why the files below a folder are not what may lie there; undefined when they are. */
export async function findLayoutFault(folder: string, isOurs: (name: string) => boolean): Promise<string | undefined> {
  const found: string[] = [];
  const fault = await walk(folder, '', found);
  if (fault !== undefined) return fault;
  const stranger = found.find((path) => !isOurs(path));
  return stranger === undefined ? undefined : `${quote(stranger)} does not belong there`;
}

async function walk(root: string, path: string, found: string[]): Promise<string | undefined> {
  for (const name of await readdir(join(root, path))) {
    const inner = path === '' ? name : `${path}/${name}`;
    const entry = await lstat(join(root, inner));
    if (found.push(inner) > MAX_ENTRIES) return `there are more than ${MAX_ENTRIES} files`;
    if (entry.isDirectory()) {
      found.pop();
      if (inner.split('/').length > 3) return `${quote(inner)} lies too deep`;
      const fault = await walk(root, inner, found);
      if (fault !== undefined) return fault;
    } else if (!entry.isFile()) return `${quote(inner)} is neither a file nor a folder`;
  }
  return undefined;
}

function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 99)}…` : name);
}

/** A file of predictions that lies in a folder of ours. */
export interface PredictionsFile {
  /** Absolute. */
  readonly path: string;
  /** `.csv`, `.parquet`, `.jsonl` or `.ndjson`. */
  readonly ending: string;
  readonly digest: Omit<FileDigest, 'path'>;
}

/** The one file `predictions.<ending>` of a folder; undefined when there is none. */
export async function findPredictions(folder: string): Promise<PredictionsFile | { refused: string } | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(`${PREDICTIONS}.`));
  const [name, second] = names;
  if (name === undefined) return undefined;
  if (second !== undefined) return { refused: 'there are two files of predictions' };
  const path = join(folder, name);
  const { size } = await lstat(path);
  if (detectFormat(name) === undefined) return { refused: `${quote(name)} is no format that is known` };
  if (size > MAX_PREDICTIONS) return { refused: `${name} has ${size} bytes; at most ${MAX_PREDICTIONS} are read` };
  return { path, ending: name.slice(PREDICTIONS.length), digest: await hashFile(path) };
}
