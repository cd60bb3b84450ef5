import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isInside } from '../../config/paths.ts';
import type { BaselineLookup } from '../../gate/baseline.ts';
import type { Run } from '../run.ts';

/** No tag of its own: predictions are read only where they have the digest that was scored. */
const CIPHER = 'aes-256-ctr';

interface Hidden {
  /** Where the predictions lay, and lie again later. */
  readonly path: string;
  readonly sealed: string;
  readonly key: Buffer;
  readonly nonce: Buffer;
}

/**
 * Takes what this run fetched of baselines, and let them predict, out of the reach of the code that runs next: nothing is
 * left in the temporary folder but predictions, encrypted with keys that only this process knows. A candidate that could
 * read them would answer alike. Returns what lays them where they were, for when the candidate has answered. Predictions
 * elsewhere, as in a run folder that somebody brought, stay where they are.
 */
export async function hidePredictions(
  { temporary, signal }: Pick<Run, 'temporary' | 'signal'>,
  lookups: readonly BaselineLookup[],
): Promise<() => Promise<void>> {
  const paths = lookups.flatMap((lookup) => {
    if (lookup.state !== 'found' || !lookup.predictions || 'reason' in lookup.predictions) return [];
    return isInside(temporary, lookup.predictions.path) ? [lookup.predictions.path] : [];
  });
  const hidden: Hidden[] = [];
  for (const path of new Set(paths)) {
    const sealed = join(temporary, `sealed-${hidden.length}`);
    const [key, nonce] = [randomBytes(32), randomBytes(16)];
    await pipeline(createReadStream(path), createCipheriv(CIPHER, key, nonce), createWriteStream(sealed), { signal });
    hidden.push({ path, sealed, key, nonce });
  }
  const kept = new Set(hidden.map(({ sealed }) => sealed));
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name);
    if (!kept.has(path)) await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
  return async () => {
    for (const one of hidden) await layOpen(one, signal);
  };
}

/** What the candidate took away or put in the way is found by the digest, when the predictions are read. */
async function layOpen({ path, sealed, key, nonce }: Hidden, signal: AbortSignal): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { recursive: true, force: true });
    const target = createWriteStream(path, { flags: 'wx' });
    await pipeline(createReadStream(sealed), createDecipheriv(CIPHER, key, nonce), target, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    await rm(path, { recursive: true, force: true });
  }
}
