import { lstat, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';

/** Where half-downloaded files lie: in the target, so that the last step is a rename on the same disk. */
export const STAGING_FOLDER = '.modelgate-fetch';

/** A folder for half-downloaded files that one process at a time may use. */
export interface Staging {
  /** Where something of a digest lies until it is finished: `part`, `note`, `cached`, `copy`. */
  locate(sha256: string, kind: string): string;
  /** Removes everything: all files have their final names. */
  finish(): Promise<void>;
  /** Leaves what is there to the next run. */
  leave(): Promise<void>;
}

/** Opens it below a target folder, which is made. Throws UserMistake while another process uses it. */
export async function openStaging(target: string): Promise<Staging> {
  const folder = join(target, STAGING_FOLDER);
  await mkdir(folder, { recursive: true });
  if ((await lstat(folder)).isSymbolicLink()) {
    throw new UserMistake({ file: folder, found: 'a link stands where downloads are kept', fix: 'Remove it.' });
  }
  const lock = join(folder, 'lock');
  await takeLock(lock);
  return {
    locate: (sha256, kind) => join(folder, `${sha256.replace(/^sha256:/, '')}.${kind}`),
    finish: () => rm(folder, { recursive: true, force: true }),
    leave: () => rm(lock, { force: true }),
  };
}

/** The lock holds the number of its process; one of a process that ended is nobody's. */
async function takeLock(lock: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const file = await open(lock, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (tries === 3 || isAlive(owner)) {
        const found = `process ${owner} is fetching into this folder`;
        throw new UserMistake({ file: lock, found, fix: 'Wait for it, or remove this file if it has ended.' });
      }
      await rm(lock, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
