import { UserMistake } from '../../errors.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { ReleaseAsset } from '../../github/assets.ts';
import { listAttestations } from '../../github/attestations.ts';
import type { ReleasePlace } from '../fetch/release-manifest.ts';
import { isBundleName } from '../manifest/naming.ts';
import { readAsset } from '../publish/read-asset.ts';
import type { FoundBundle } from './attestations.ts';

/** GitHub's own limit for a predicate: 16 MiB. */
const MAX_BUNDLE_BYTES = 16 * 1024 * 1024;

/**
 * Finds what was attested of a version: bundles among the assets, and what GitHub keeps for the manifest, or else for the
 * first file of the model. `refused` says why GitHub did not tell.
 */
export async function gatherBundles(
  place: ReleasePlace,
  assets: readonly ReleaseAsset[],
  manifest: Manifest,
): Promise<{ readonly bundles: readonly FoundBundle[]; readonly refused: string | undefined }> {
  const bundles: FoundBundle[] = [];
  for (const asset of assets.filter(({ name }) => isBundleName(name))) {
    const content = (await readAsset(place, asset, MAX_BUNDLE_BYTES)).toString('utf8');
    bundles.push({ place: asset.name, released: true, content });
  }
  const file = manifest.files.find(({ role }) => role === 'model');
  try {
    for (const digest of [place.event.manifest, ...(file ? [file.sha256] : [])]) {
      const found = await listAttestations(place.client, place.repository, digest);
      const named = found.map((content, index) => ({
        place: `attestation ${index + 1} of ${found.length}`,
        ...{ released: false, content },
      }));
      bundles.push(...named);
      if (found.length > 0) break;
    }
    return { bundles, refused: undefined };
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return { bundles, refused: error.problems.map(({ found }) => found).join('; ') };
  }
}
