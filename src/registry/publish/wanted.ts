import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { ReleaseAsset } from '../../github/assets.ts';
import { isBundleName } from '../manifest/naming.ts';

/** An asset that the release must have, and where its bytes lie on this machine; undefined where they are not here. */
export interface WantedAsset {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `sha256:…` */
  readonly sha256: string;
  readonly mediaType: string;
  readonly source: { readonly file: string; readonly start: number } | undefined;
  /** Sent when all others are there: whoever finds it can rely on them. */
  readonly last: boolean;
}

/** What has to happen to the assets of a draft. */
export interface Difference {
  readonly missing: readonly WantedAsset[];
  /** Of a wanted name, with other bytes. */
  readonly wrong: readonly ReleaseAsset[];
  /** Uploads that broke off, or that somebody is at. */
  readonly unfinished: readonly ReleaseAsset[];
  /** Nobody asked for them. */
  readonly extra: readonly ReleaseAsset[];
}

/** Compares the assets that a release has with those that it must have. An asset without a digest is not the wanted one. */
export function compareAssets(wanted: readonly WantedAsset[], listed: readonly ReleaseAsset[]): Difference {
  const byName = new Map(wanted.map((one) => [one.name, one]));
  const isUploaded = (asset: ReleaseAsset) => asset.state === 'uploaded';
  const isRight = (asset: ReleaseAsset) => {
    const want = byName.get(asset.name);
    return isUploaded(asset) && asset.size === want?.size && asset.digest === want.sha256;
  };
  const right = new Set(listed.filter(isRight).map(({ name }) => name));
  const others = listed.filter((asset) => !isRight(asset));
  const named = others.filter((asset) => byName.has(asset.name));
  return {
    missing: wanted.filter(({ name }) => !right.has(name)),
    wrong: named.filter(isUploaded),
    unfinished: named.filter((asset) => !isUploaded(asset)),
    extra: others.filter((asset) => !byName.has(asset.name) && !isBundleName(asset.name)),
  };
}

/** What is wrong of a release's assets, as phrases; an empty list when it has them all and no others. */
export function listAssetFaults(difference: Difference): string[] {
  const { missing, wrong, unfinished, extra } = difference;
  const there = new Set([...wrong, ...unfinished].map(({ name }) => name));
  return [
    ...missing.filter(({ name }) => !there.has(name)).map(({ name }) => `${name} is missing`),
    ...wrong.map(({ name, digest }) => `${name} has other bytes than it should have (${digest ?? 'of another size'})`),
    ...unfinished.map(({ name }) => `the upload of ${name} broke off`),
    ...extra.map(({ name }) => `${JSON.stringify(name)} does not belong there`),
  ];
}

/** The assets of a manifest, without manifest.json and checksums.txt. */
export function listManifestAssets(manifest: Manifest): Omit<WantedAsset, 'source' | 'last'>[] {
  return manifest.files.flatMap(({ assets, mediaType }) => {
    // A part of a file is no file of its kind.
    const type = assets.length === 1 ? mediaType : 'application/octet-stream';
    return assets.map((asset) => ({ ...asset, mediaType: type }));
  });
}
