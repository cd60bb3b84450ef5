import type { Manifest, ManifestFile } from '../../evidence/schema/manifest.ts';
import { CHECKSUMS_FILE, MANIFEST_FILE } from './naming.ts';
import { MAX_ASSETS } from './parts.ts';
import { findPathFault, foldPath } from './paths.ts';

/** What no schema says of the files of a manifest: phrases, with names as JSON so that they stay on their line. */
export function findFileFaults({ files, storage }: Manifest): string[] {
  return [
    ...files.flatMap(({ path }) => {
      const fault = findPathFault(path);
      return fault === undefined ? [] : [`the path ${JSON.stringify(path)}: ${fault}`];
    }),
    ...findPathClashes(files),
    ...files.flatMap((file) => findSizeFaults(file, storage !== null)),
    ...findAssetClashes(files),
  ];
}

/** The same file twice, on some system at least, and a file where another needs a folder. */
function findPathClashes(files: readonly ManifestFile[]): string[] {
  const seen = new Set<string>();
  const doubled: string[] = [];
  for (const { path } of files) {
    const folded = foldPath(path);
    if (seen.has(folded)) doubled.push(`the path ${JSON.stringify(path)} stands twice`);
    seen.add(folded);
  }
  const within = files.flatMap(({ path }) => {
    const parts = foldPath(path).split('/');
    const folder = parts.map((_, index) => parts.slice(0, index).join('/')).find((one) => one !== '' && seen.has(one));
    return folder === undefined ? [] : [`${JSON.stringify(path)} lies in ${JSON.stringify(folder)}, which is a file`];
  });
  return [...doubled, ...within];
}

function findSizeFaults({ path, size, sha256, assets }: ManifestFile, isStoredElsewhere: boolean): string[] {
  const name = JSON.stringify(path);
  if (assets.length === 0) {
    return size === 0 || isStoredElsewhere ? [] : [`${name} has ${size} bytes and no asset`];
  }
  const sum = assets.reduce((total, asset) => total + asset.size, 0);
  const [only] = assets;
  return [
    ...(sum === size ? [] : [`${name} has ${size} bytes, and its assets have ${sum}`]),
    ...(assets.length === 1 && only?.sha256 !== sha256 ? [`${name} and its only asset have different digests`] : []),
    ...(assets.some((asset) => asset.size === 0) ? [`${name} has an empty asset`] : []),
  ];
}

function findAssetClashes(files: readonly ManifestFile[]): string[] {
  const names = files.flatMap(({ assets }) => assets.map(({ name }) => name));
  const seen = new Set([MANIFEST_FILE, CHECKSUMS_FILE]);
  const faults = names.length > MAX_ASSETS ? [`it has ${names.length} assets, and a release has ${MAX_ASSETS}`] : [];
  for (const name of names) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) faults.push(`the asset ${name} is used twice, or its name is reserved`);
    seen.add(folded);
  }
  return faults;
}
