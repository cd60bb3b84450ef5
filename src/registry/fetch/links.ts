import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';

/**
 * Throws UserMistake where a link stands on the way from a folder to a path below it: what is written would land
 * elsewhere. `folder` itself may be one.
 */
export async function refuseLinks(folder: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const place = join(folder, ...parts.slice(0, depth));
    const found = await lstat(place).catch(() => undefined);
    if (found === undefined) return;
    if (found.isSymbolicLink()) {
      const fix = 'Remove the link, or name another folder with --to.';
      throw new UserMistake({ file: place, found: 'a link stands where a file of the release goes', fix });
    }
  }
}
