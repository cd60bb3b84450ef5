import { UserMistake } from '../../errors.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { listAssets, type ReleaseAsset } from '../../github/assets.ts';
import type { Client } from '../../github/client.ts';
import { findReleaseByTag, type Release } from '../../github/releases.ts';
import type { Repository } from '../../github/repository.ts';
import { MAX_MANIFEST_BYTES, readManifest } from '../manifest/manifest-file.ts';
import { MANIFEST_FILE } from '../manifest/naming.ts';
import { readAsset } from '../publish/read-asset.ts';

/** Where a version is asked for. */
export interface ReleasePlace {
  readonly client: Client;
  readonly repository: Repository;
  readonly event: ReleaseEvent;
  readonly signal?: AbortSignal | undefined;
}

/** The published release of a version with all its assets; undefined where there is none. */
export async function readPublished(
  place: ReleasePlace,
): Promise<{ release: Release; assets: ReleaseAsset[] } | undefined> {
  const { client, repository, event } = place;
  const release = await findReleaseByTag(client, repository, event.tag);
  if (release === undefined || release.draft) return undefined;
  return { release, assets: await listAssets(client, repository, release.id) };
}

/**
 * Reads the manifest of a version from its release. Throws UserMistake where it is missing, where its bytes are not those
 * that the ledger has the digest of, and where it speaks of another version.
 */
export async function readReleaseManifest(
  place: ReleasePlace,
  assets: readonly ReleaseAsset[],
): Promise<{ manifest: Manifest; bytes: Buffer }> {
  const asset = assets.find(({ name }) => name === MANIFEST_FILE);
  if (asset === undefined) throw refuse(place, 'is missing from the release');
  const bytes = await readAsset(place, asset, MAX_MANIFEST_BYTES);
  const digest = computeSha256(bytes);
  if (digest !== place.event.manifest) {
    throw refuse(place, `has the digest ${digest}, and the ledger says ${place.event.manifest}`);
  }
  const manifest = readManifest(bytes);
  const fault = findManifestFault(manifest, place.event);
  if (fault !== undefined) throw refuse(place, fault);
  return { manifest, bytes };
}

/** What a manifest says otherwise than the event of its release, as a half sentence; undefined where they agree. */
export function findManifestFault(manifest: Manifest, event: ReleaseEvent): string | undefined {
  for (const field of ['model', 'version', 'commit', 'modelDigest', 'contentDigest'] as const) {
    if (manifest[field] !== event[field]) {
      return `says ${manifest[field]} for ${field}, and the ledger says ${event[field]}`;
    }
  }
  return undefined;
}

function refuse({ event }: ReleasePlace, fault: string): UserMistake {
  const fix =
    'The release was changed after it was published. Do not use it; modelgate verify says what else is wrong.';
  return new UserMistake({ found: `${MANIFEST_FILE} of ${event.tag} ${fault}`, fix });
}
