import type { ReleaseAsset } from '../../github/assets.ts';
import type { Client } from '../../github/client.ts';
import { doInParallel } from '../fetch/pool.ts';
import type { PublishOptions } from './options.ts';
import { hashAsset } from './read-asset.ts';
import type { WantedAsset } from './wanted.ts';

type Room = Pick<PublishOptions, 'client' | 'repository' | 'signal'>;

/** Downloads at a time. */
const WIDTH = 4;

/** The bytes behind an id never change, so each asset is read once by a client. */
const READ = new WeakMap<Client, Map<number, string>>();

/**
 * Listed assets with a digest for each that may be a wanted one: where GitHub tells none, as of what an older server
 * took, the bytes are read.
 */
export async function addDigests(
  room: Room,
  assets: readonly ReleaseAsset[],
  wanted: readonly Pick<WantedAsset, 'name' | 'size'>[],
): Promise<ReleaseAsset[]> {
  const sizes = new Map(wanted.map(({ name, size }) => [name, size]));
  const read = READ.get(room.client) ?? new Map<number, string>();
  READ.set(room.client, read);
  const open = assets.filter(({ id, name, size, state, digest }) => {
    return digest === undefined && state === 'uploaded' && sizes.get(name) === size && !read.has(id);
  });
  await doInParallel(open, WIDTH, room.signal, async (asset, signal) => {
    read.set(asset.id, await hashAsset({ ...room, signal }, asset));
  });
  return assets.map((asset) => ({ ...asset, digest: asset.digest ?? read.get(asset.id) }));
}
