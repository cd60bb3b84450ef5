import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { locateUserCache } from '../../engine/cache-folder.ts';
import { hashFile } from '../../evidence/file-hash.ts';

/** A file nobody asked for in so many days is fetched again: 30 days. */
const LIFETIME_MS = 30 * 24 * 3_600_000;

/**
 * Where fetched files are kept by their digest: the runner's tool cache, or else the cache folder of the user. An absolute
 * path; nothing is created.
 */
export function locateFileCache(environment: NodeJS.ProcessEnv, system?: NodeJS.Platform, home?: string): string {
  const tools = environment['RUNNER_TOOL_CACHE'];
  if (tools) return join(tools, 'modelgate-files');
  return join(locateUserCache(environment, system, home), 'modelgate', 'files');
}

/**
 * Copies a file of the cache to a place where nothing stands, and compares the copy, which nobody else writes to: a link, or
 * what was compared before it was copied, could still change under another name. Costs reading and writing the file once
 * and reading it again, and its room a second time; a file system that shares blocks (APFS, Btrfs, XFS) spares the writing
 * and the room. False where the cache has none, and where what it has is not what it should be: that is thrown away.
 */
export async function takeCached(cache: string, sha256: string, size: number, place: string): Promise<boolean> {
  const entry = locate(cache, sha256);
  try {
    if ((await stat(entry)).size === size) {
      await duplicate(entry, place);
      const copy = await hashFile(place);
      if (copy.sha256 === sha256 && copy.size === size) return true;
    }
    await rm(entry, { force: true });
  } catch {
    // A cache that cannot be read is none.
  }
  await rm(place, { force: true });
  return false;
}

/** Keeps a copy of a file that was verified, which costs its room again. A cache that cannot be written is none. */
export async function keepCached(cache: string, sha256: string, file: string): Promise<void> {
  const entry = locate(cache, sha256);
  const beside = `${entry}.${randomUUID()}.tmp`;
  try {
    await mkdir(cache, { recursive: true });
    await duplicate(file, beside);
    await rename(beside, entry);
  } catch {
    await rm(beside, { force: true }).catch(() => {});
  }
}

/** Removes what is older than a month, and what killed runs left. */
export async function pruneCache(cache: string, now: Date): Promise<void> {
  for (const name of await readdir(cache).catch(() => [])) {
    const entry = join(cache, name);
    const found = await stat(entry).catch(() => undefined);
    if (found?.isFile() && now.getTime() - found.ctimeMs > LIFETIME_MS)
      await rm(entry, { force: true }).catch(() => {});
  }
}

async function duplicate(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
}

function locate(cache: string, sha256: string): string {
  return join(cache, sha256.replace(/^sha256:/, ''));
}
