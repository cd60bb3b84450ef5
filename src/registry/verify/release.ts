import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { ReleaseAsset } from '../../github/assets.ts';
import type { Release } from '../../github/releases.ts';
import type { AnnotatedTag } from '../../github/tags.ts';
import { describePlace, findAssetFault } from '../fetch/sources.ts';
import { parseAnchor } from '../ledger/anchor.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import { CHECKSUMS_FILE, isBundleName, MANIFEST_FILE } from '../manifest/naming.ts';
import { findTagFault } from '../publish/finish.ts';
import { type Check, fail, judge, pass } from './checks.ts';
import { listAssetNames } from './content.ts';

/** Compares the tag of a version with the ledger's event: what it is, where it stands, and what its message says. */
export function checkTag(tag: AnnotatedTag | undefined, event: ReleaseEvent): Check {
  const text = 'is annotated, on the commit, and holds the ledger’s head';
  if (tag === undefined) return fail(event.tag, text, 'the tag is missing');
  return judge(event.tag, text, findTagFault(tag, event), event.commit);
}

/** Compares what a release says of itself with the ledger's event. */
export function checkRelease(release: Release, event: ReleaseEvent): Check[] {
  const subject = `release ${event.tag}`;
  const marked = release.prerelease === event.prerelease;
  const fault = marked
    ? undefined
    : `is ${release.prerelease ? '' : 'not '}marked as a pre-release, the ledger differs`;
  return [
    judge(subject, 'is published as what the ledger says', fault, release.url),
    judge(subject, 'its notes hold the ledger’s head', findAnchorFault(release.body, event)),
  ];
}

/** What is wrong with the line that a tag or a release keeps of the ledger; undefined where nothing is. */
function findAnchorFault(text: string, event: ReleaseEvent): string | undefined {
  const anchor = parseAnchor(text);
  if (anchor === undefined) return 'it names no event of the ledger';
  if (anchor.sequence !== event.sequence) return `it names event ${anchor.sequence} instead of ${event.sequence}`;
  const digest = computeEventDigest(event);
  return anchor.digest === digest ? undefined : `it names the event ${anchor.digest}, and the ledger holds ${digest}`;
}

/**
 * Compares the assets that GitHub tells with those of the manifest: nothing missing, other, or more. Of an asset that GitHub
 * tells no digest of, this says nothing but its size: its bytes have to be read.
 */
export function checkListing(manifest: Manifest, assets: readonly ReleaseAsset[]): Check[] {
  const byName = new Map(assets.map((asset) => [asset.name, asset]));
  const faults = manifest.files.flatMap((file) =>
    file.assets.flatMap((expected) => {
      const fault = findAssetFault(byName.get(expected.name), expected);
      return fault === undefined ? [] : [fail(expected.name, 'listed', `${describePlace(file, expected)} ${fault}`)];
    }),
  );
  const known = new Set([MANIFEST_FILE, CHECKSUMS_FILE, ...listAssetNames(manifest)]);
  const strange = assets.filter(({ name }) => !known.has(name) && !isBundleName(name));
  const extra = strange.map(({ name }) => fail(name, 'listed', 'the manifest does not name this asset'));
  const all = [...faults, ...extra];
  const count = listAssetNames(manifest).filter((name) => byName.get(name)?.digest !== undefined).length;
  return all.length > 0 ? all : [pass('assets', `names, sizes and digests of ${count} assets, as GitHub tells them`)];
}
