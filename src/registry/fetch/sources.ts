import type { Readable } from 'node:stream';
import { type Problem, UserMistake } from '../../errors.ts';
import type { Manifest, ManifestAsset, ManifestFile } from '../../evidence/schema/manifest.ts';
import { openAsset, type ReleaseAsset } from '../../github/assets.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import type { ModelStore } from '../model-store.ts';

/** Bytes of a file that can be asked for from any place on. */
export interface Part {
  /** How it is called when something is wrong with it. */
  readonly name: string;
  /** Where in the file it begins, and how long it is: bytes. */
  readonly offset: number;
  readonly size: number;
  readonly sha256: string;
  /** Opens it from its own byte `start` on, which is below its size. */
  open(start: number, signal?: AbortSignal): Promise<Readable>;
}

/** A file of a release and where its bytes come from. */
export interface WantedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly parts: readonly Part[];
}

/** Where the bytes of a version lie. */
export interface Sources {
  readonly client: Client;
  readonly repository: Repository;
  readonly assets: readonly ReleaseAsset[];
  readonly store?: ModelStore | undefined;
}

/**
 * Where the bytes of some files of a manifest come from. Throws UserMistake that names every asset that is missing, or that
 * GitHub tells another size or digest of: nothing of such a version is worth downloading.
 */
export function planSources(sources: Sources, manifest: Manifest, files: readonly ManifestFile[]): WantedFile[] {
  const byName = new Map(sources.assets.map((asset) => [asset.name, asset]));
  const problems: Problem[] = [];
  const wanted = files.map((file): WantedFile => {
    const parts = file.assets.length > 0 || file.size === 0 ? [] : [openStored(sources, manifest, file)];
    let offset = 0;
    for (const expected of file.assets) {
      const asset = byName.get(expected.name);
      const fault = findAssetFault(asset, expected);
      if (asset === undefined || fault !== undefined) {
        problems.push({ found: `${expected.name}, which is ${describePlace(file, expected)}, ${fault}` });
        continue;
      }
      parts.push({ ...expected, offset, open: openFrom(sources, asset) });
      offset += expected.size;
    }
    return { path: file.path, size: file.size, sha256: file.sha256, parts };
  });
  if (problems.length > 0) throw new UserMistake(problems.map((problem) => ({ ...problem, fix: TAMPERED })));
  return wanted;
}

const TAMPERED =
  'The release was changed after it was published. Do not use it; modelgate verify says what else is wrong.';

/** What is wrong with an asset by what GitHub tells of it, as a half sentence; undefined where nothing is. */
export function findAssetFault(asset: ReleaseAsset | undefined, expected: ManifestAsset): string | undefined {
  if (asset === undefined) return 'is missing from the release';
  if (asset.state !== 'uploaded') return 'is an upload that broke off';
  if (asset.size !== expected.size) return `has ${asset.size} bytes instead of ${expected.size}`;
  if (asset.digest !== undefined && asset.digest !== expected.sha256) {
    return `has the digest ${asset.digest} instead of ${expected.sha256}`;
  }
  return undefined;
}

/** `out/model.bin`, or `part 2 of 4 of out/model.bin`. */
export function describePlace(file: ManifestFile, asset: ManifestAsset): string {
  const [index, count] = [file.assets.indexOf(asset) + 1, file.assets.length];
  return count === 1 ? file.path : `part ${index} of ${count} of ${file.path}`;
}

function openFrom({ client, repository }: Sources, asset: ReleaseAsset): Part['open'] {
  return (start, signal) => openAsset(client, repository, asset.id, start, signal);
}

function openStored({ store }: Sources, { storage }: Manifest, file: ManifestFile): Part {
  const { path: name, size, sha256 } = file;
  return {
    ...{ name, size, sha256, offset: 0 },
    open: async (start) => {
      if (store === undefined || storage === null) throw new Error(`nothing was passed in that holds ${name}`);
      return await store.open(storage.reference, file, start);
    },
  };
}
