import { computeSha256 } from '../../evidence/digest.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { findAssets } from '../../github/assets.ts';
import type { Release } from '../../github/releases.ts';
import { renderChecksums, renderManifest } from '../manifest/manifest-file.ts';
import { CHECKSUMS_FILE, MANIFEST_FILE } from '../manifest/naming.ts';
import { addDigests } from './digested.ts';
import type { PublishOptions } from './options.ts';
import { readNamedManifest, type Survey } from './survey.ts';
import { compareAssets, listAssetFaults, listManifestAssets, type WantedAsset } from './wanted.ts';

/** A draft that lacks nothing but its tag and its publishing. */
export interface CompleteDraft {
  readonly draft: Release;
  readonly manifest: Manifest;
  readonly wanted: readonly WantedAsset[];
}

/**
 * The draft of an event whose release was never published, where it holds everything that the event's manifest names:
 * whoever finds it can publish it, without the files. Undefined where there is none.
 */
export async function findCompleteDraft(
  options: PublishOptions,
  survey: Survey,
  event: ReleaseEvent,
): Promise<CompleteDraft | undefined> {
  const drafts = survey.releases.filter(({ draft, tagName }) => draft && tagName === event.tag);
  for (const draft of drafts.sort((a, b) => a.id - b.id)) {
    const assets = (await findAssets(options.client, options.repository, draft.id)) ?? [];
    const manifest = await readNamedManifest(options, { ...draft, assets }, event.manifest);
    if (manifest === undefined || manifest.version !== event.version || manifest.model !== event.model) continue;
    const wanted = listDigests(manifest);
    const found = await addDigests(options, assets, wanted);
    if (listAssetFaults(compareAssets(wanted, found)).length === 0) return { draft, manifest, wanted };
  }
  return undefined;
}

/** The assets of a version by what its manifest says, for comparing only. */
function listDigests(manifest: Manifest): WantedAsset[] {
  const own = [
    [MANIFEST_FILE, renderManifest(manifest)],
    [CHECKSUMS_FILE, renderChecksums(manifest)],
  ] as const;
  return [
    ...listManifestAssets(manifest).map((asset) => ({ ...asset, source: undefined, last: false })),
    ...own.map(([name, text]) => {
      const [size, sha256] = [Buffer.byteLength(text), computeSha256(text)];
      return { name, size, sha256, mediaType: '', source: undefined, last: true };
    }),
  ];
}
