import { createHash } from 'node:crypto';
import { messageOf, UserMistake } from '../../errors.ts';
import { openAsset, type ReleaseAsset } from '../../github/assets.ts';
import type { Client } from '../../github/client.ts';
import type { RepositoryName } from '../../github/repository.ts';

interface Place {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly signal?: AbortSignal | undefined;
}

const TRIES = 3;

/**
 * The bytes of a small asset. Throws UserMistake when it has more of them than `limit`, and when it breaks off again and
 * again, or is longer than GitHub said.
 */
export async function readAsset(place: Place, asset: ReleaseAsset, limit: number): Promise<Buffer> {
  if (asset.size > limit) {
    const fix = 'Modelgate made no such release. Do not use it.';
    throw new UserMistake({ found: `${asset.name} has ${asset.size} bytes, more than ${limit}`, fix });
  }
  const chunks = await again(place, asset, async () => {
    const all: Buffer[] = [];
    await walk(place, asset, (chunk) => void all.push(chunk));
    return all;
  });
  return Buffer.concat(chunks);
}

/** The digest of an asset's bytes, for those that GitHub tells none of: `sha256:…`. */
export async function hashAsset(place: Place, asset: ReleaseAsset): Promise<string> {
  return await again(place, asset, async () => {
    const hash = createHash('sha256');
    await walk(place, asset, (chunk) => void hash.update(chunk));
    return `sha256:${hash.digest('hex')}`;
  });
}

async function walk({ client, repository, signal }: Place, asset: ReleaseAsset, take: (chunk: Buffer) => void) {
  const stream = await openAsset(client, repository, asset.id, 0, signal);
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > asset.size) break;
    take(chunk);
  }
  if (size !== asset.size) throw new Error(`${size} of ${asset.size} bytes came`);
}

async function again<T>({ client, signal }: Place, { id }: ReleaseAsset, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof UserMistake) throw error;
      if (attempt === TRIES) {
        const found = `the download of the asset ${id} broke off ${TRIES} times (${messageOf(error)})`;
        throw new UserMistake({ found, fix: 'Check the network, then run it again.' }, { cause: error });
      }
      await client.pause(attempt ** 2);
    }
  }
}
