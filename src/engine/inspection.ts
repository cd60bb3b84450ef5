import { join } from 'node:path';
import { computeSha256 } from './checksum.ts';

/** What a folder that may hold the native library turned out to be. */
export type Condition =
  | { readonly state: 'good' }
  | { readonly state: 'absent' }
  /** `reason` is a sentence without a full stop. */
  | { readonly state: 'corrupted'; readonly reason: string };

/**
 * Compares every file with its pinned sha256. A folder with none of them is `absent`; one with some of them, with other
 * content or with unreadable files is `corrupted`.
 */
export async function inspectFolder(folder: string, files: Readonly<Record<string, string>>): Promise<Condition> {
  const names = Object.keys(files);
  const digests = await Promise.all(names.map((name) => computeOrExplain(join(folder, name))));
  if (digests.every((digest) => digest === undefined)) return { state: 'absent' };
  const faults = names.flatMap((name, index) => {
    const digest = digests[index];
    if (digest === undefined) return [`${name} is missing`];
    if (typeof digest !== 'string') return [`${name} cannot be read (${digest.code})`];
    return digest === files[name] ? [] : [`${name} is not the published file (its sha256 is ${digest})`];
  });
  return faults.length === 0 ? { state: 'good' } : { state: 'corrupted', reason: faults.join(', and ') };
}

async function computeOrExplain(path: string): Promise<string | { code: string } | undefined> {
  try {
    return await computeSha256(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { code };
  }
}
