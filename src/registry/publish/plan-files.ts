import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, UserMistake } from '../../errors.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import { hashParts } from '../../evidence/file-hash.ts';
import type { Manifest, ManifestFile } from '../../evidence/schema/manifest.ts';
import { NAME, VERSION } from '../../identity.ts';
import { renderChecksums, renderManifest } from '../manifest/manifest-file.ts';
import { CHECKSUMS_FILE, MANIFEST_FILE, nameAssets, nameParts } from '../manifest/naming.ts';
import { choosePartLimit, type Part, planParts } from '../manifest/parts.ts';
import type { PackagedFile } from '../package/package.ts';
import type { PublishOptions } from './options.ts';
import { listManifestAssets, type WantedAsset } from './wanted.ts';

/** A file of the package with the assets that it becomes. */
export interface PlannedFile {
  readonly entry: ManifestFile;
  readonly file: string;
  readonly parts: readonly Part[];
}

/** manifest.json and checksums.txt. */
const OWN_ASSETS = 2;
/** Room that each release keeps: who prepares it does not know yet how many bundles will be about it. */
export const MOST_BUNDLES = 8;

/**
 * Decides which assets the files of a package become, and reads the files that need several. Throws UserMistake with
 * every file that is not as the package says, and where GitHub takes no release with so many.
 */
export async function planFiles(options: PublishOptions): Promise<PlannedFile[]> {
  const { package: made, storage } = options;
  await checkFiles(made.files);
  const isStored = (file: PackagedFile) => storage !== undefined && file.role === 'model';
  const assets = made.files.filter((file) => !isStored(file));
  const sizes = assets.map(({ size }) => size);
  const limit = options.partBytes ?? choosePartLimit(sizes, OWN_ASSETS + MOST_BUNDLES);
  const names = nameAssets(assets.map(({ path }) => path));
  const planned: PlannedFile[] = [];
  for (const file of made.files) {
    const { path, role, mediaType, size, sha256 } = file;
    const parts = isStored(file) ? [] : planParts(size, limit);
    const digests = parts.length > 1 ? await hashInParts(file, parts) : parts.map(() => sha256);
    const named = nameParts(names.get(path) ?? '', parts.length);
    const list = parts.map(({ length }, index) => {
      return { name: named[index] ?? '', size: length, sha256: digests[index] ?? '' };
    });
    planned.push({ entry: { path, role, mediaType, size, sha256, assets: list }, file: file.file, parts });
  }
  return planned;
}

async function hashInParts({ file, path, sha256 }: PackagedFile, parts: readonly Part[]): Promise<readonly string[]> {
  const read = await hashParts(file, parts);
  if (read.sha256 !== sha256) throw new UserMistake(describeChange(path));
  return read.parts;
}

async function checkFiles(files: readonly PackagedFile[]): Promise<void> {
  const problems: Problem[] = [];
  for (const { path, file, size } of files) {
    const found = await stat(file).catch(() => undefined);
    if (found === undefined) problems.push({ file: path, found: 'the file is gone', fix: RERUN });
    else if (!found.isFile() || found.size !== size) problems.push(describeChange(path));
  }
  if (problems.length > 0) throw new UserMistake(problems);
}

const RERUN = 'Run `modelgate run` again, so that the evidence is about the files that are there.';

function describeChange(path: string): Problem {
  return { file: path, found: 'the file has changed since the package was made', fix: RERUN };
}

/** The manifest of a version. The same options, files, version and reference always give the same bytes. */
export function composeManifest(
  options: PublishOptions,
  files: readonly PlannedFile[],
  version: string,
  reference: string | undefined,
): Manifest {
  const { package: made, repository } = options;
  return {
    schemaVersion: 1,
    model: made.model,
    version,
    commit: made.commit,
    created: options.created,
    tool: { name: NAME, version: VERSION },
    repository: { name: repository.fullName, id: repository.id },
    modelDigest: made.modelDigest,
    contentDigest: made.contentDigest,
    interface: made.interface,
    evidence: made.evidence,
    files: files.map(({ entry }) => entry),
    storage: reference === undefined ? null : { target: 'oci', reference },
  };
}

/** Whether two runs would write the same assets: the digest of the manifest without version and reference. */
export function computeDraftKey(options: PublishOptions, files: readonly PlannedFile[]): string {
  return computeSha256(renderManifest(composeManifest(options, files, 'v0.0.0', undefined)));
}

/** All assets of a version with where their bytes lie; writes manifest.json and checksums.txt into a folder of ours. */
export async function listWanted(
  manifest: Manifest,
  files: readonly PlannedFile[],
  folder: string,
): Promise<WantedAsset[]> {
  const sources = new Map(
    files.flatMap(({ entry, file, parts }) =>
      entry.assets.map(({ name }, index) => [name, { file, start: parts[index]?.start ?? 0 }] as const),
    ),
  );
  const assets = listManifestAssets(manifest).map((asset) => {
    return { ...asset, source: sources.get(asset.name), last: false };
  });
  const own = [
    [MANIFEST_FILE, 'application/json', renderManifest(manifest)],
    [CHECKSUMS_FILE, 'text/plain', renderChecksums(manifest)],
  ] as const;
  for (const [name, mediaType, text] of own) {
    const file = join(folder, name);
    await writeFile(file, text);
    const source = { file, start: 0 };
    assets.push({ name, size: Buffer.byteLength(text), sha256: computeSha256(text), mediaType, source, last: true });
  }
  return assets;
}
