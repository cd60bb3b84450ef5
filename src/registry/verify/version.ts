import { PassThrough } from 'node:stream';
import { UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { openAsset, type ReleaseAsset } from '../../github/assets.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import { readAnnotatedTag } from '../../github/tags.ts';
import { doInParallel } from '../fetch/pool.ts';
import { type ReleasePlace, readPublished, readReleaseManifest } from '../fetch/release-manifest.ts';
import { renderChecksums } from '../manifest/manifest-file.ts';
import { CHECKSUMS_FILE, MANIFEST_FILE } from '../manifest/naming.ts';
import type { ModelStore } from '../model-store.ts';
import { readAsset } from '../publish/read-asset.ts';
import { type Check, type Fault, fail, judge, leaveOpen, listFaults, pass } from './checks.ts';
import { checkContent, type OpenContent } from './content.ts';
import { listDocuments, parseDocuments, SIGNATURE_FILE } from './evidence.ts';
import { checkLinks } from './links.ts';
import { checkListing, checkRelease, checkTag } from './release.ts';

/** Files that are read at a time. */
const WIDTH = 4;
const MAX_CHECKSUMS_BYTES = 4 * 1024 * 1024;

/**
 * How deep to look: `listed` believes the digests that GitHub computed when the assets were uploaded, and reads manifest and
 * evidence only, and what GitHub tells no digest of; `downloaded` reads every byte.
 */
export type Depth = 'listed' | 'downloaded';

export interface CheckVersion {
  readonly depth: Depth;
  /** Where files lie that are no assets. */
  readonly store?: ModelStore | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was compared, and what else can be looked at then. */
export interface ExaminedVersion {
  readonly checks: readonly Check[];
  /** Undefined where it could not be trusted. */
  readonly manifest: Manifest | undefined;
  readonly documents: EvidenceSet;
  /** The text of `model.sig`, where there is one. */
  readonly signature: string | undefined;
  readonly assets: readonly ReleaseAsset[];
}

/** What is wrong with a version; an empty list when nothing is. Throws UserMistake only when GitHub cannot be asked. */
export async function checkVersion(
  client: Client,
  repository: Repository,
  event: ReleaseEvent,
  options: CheckVersion,
): Promise<Fault[]> {
  const { checks } = await examineVersion({ client, repository, event, signal: options.signal }, options);
  return listFaults(checks);
}

/** Compares a version with the ledger's event, from its tag down to the data that it was made of. */
export async function examineVersion(place: ReleasePlace, options: CheckVersion): Promise<ExaminedVersion> {
  const { client, repository, event } = place;
  const published = await readPublished(place);
  if (published === undefined) {
    const check = fail(`release ${event.tag}`, 'is published', 'there is no published release of the tag');
    return { checks: [check], manifest: undefined, documents: {}, signature: undefined, assets: [] };
  }
  const { release, assets } = published;
  const checks: Check[] = [
    checkTag(await readAnnotatedTag(client, repository, event.tag), event),
    ...checkRelease(release, event),
  ];
  const read = await readReleaseManifest(place, assets).catch((error: unknown) => {
    if (!(error instanceof UserMistake)) throw error;
    checks.push(...error.problems.map(({ found }) => fail(MANIFEST_FILE, 'is what the ledger says', found)));
    return undefined;
  });
  if (read === undefined) return { checks, manifest: undefined, documents: {}, signature: undefined, assets };
  const { manifest } = read;
  checks.push(pass(MANIFEST_FILE, 'is what the ledger says', event.manifest));
  checks.push(...checkListing(manifest, assets), await checkChecksums(place, manifest, assets));
  checks.push(...(await checkStored(manifest, options)));
  const documents = new Set(listDocuments(manifest).map(({ path }) => path));
  const told = new Set(assets.filter(({ digest }) => digest !== undefined).map(({ name }) => name));
  const files = manifest.files.filter(({ path, assets: parts }) => {
    if (documents.has(path) || parts.some(({ name }) => !told.has(name))) return true;
    return options.depth === 'downloaded' && (parts.length > 0 || options.store !== undefined);
  });
  const found = new Map<string, readonly Check[]>();
  const bytes = new Map<string, Buffer>();
  const open = openFrom(place, manifest, assets, options.store);
  await doInParallel(files, WIDTH, options.signal, async (file) => {
    const content = await checkContent(file, open, documents.has(file.path));
    found.set(file.path, content.checks);
    if (content.bytes !== undefined) bytes.set(file.path, content.bytes);
  });
  checks.push(...files.flatMap(({ path }) => found.get(path) ?? []));
  const evidence = parseDocuments(manifest, bytes);
  checks.push(...evidence.checks, ...checkLinks(manifest, event, evidence.documents));
  const signature = bytes.get(SIGNATURE_FILE)?.toString('utf8');
  return { checks, manifest, documents: evidence.documents, signature, assets };
}

async function checkChecksums(
  place: ReleasePlace,
  manifest: Manifest,
  assets: readonly ReleaseAsset[],
): Promise<Check> {
  const text = 'says what the manifest says';
  const asset = assets.find(({ name }) => name === CHECKSUMS_FILE);
  if (asset === undefined) return fail(CHECKSUMS_FILE, text, 'it is missing from the release');
  if (asset.size > MAX_CHECKSUMS_BYTES) return fail(CHECKSUMS_FILE, text, 'it is far too large');
  const found = (await readAsset(place, asset, MAX_CHECKSUMS_BYTES)).toString('utf8');
  return judge(CHECKSUMS_FILE, text, found === renderChecksums(manifest) ? undefined : 'it says something else');
}

async function checkStored(manifest: Manifest, { store }: CheckVersion): Promise<Check[]> {
  const { storage, files } = manifest;
  const stored = files.filter(({ assets, size }) => assets.length === 0 && size > 0);
  if (storage === null || stored.length === 0) return [];
  const text = `${stored.length} files are there`;
  if (store === undefined)
    return [leaveOpen(storage.reference, text, 'nothing was passed in that can look there', true)];
  const faults = await store.check(storage.reference, stored);
  return faults.length === 0
    ? [pass(storage.reference, text)]
    : faults.map((fault) => fail(storage.reference, text, fault));
}

function openFrom(
  { client, repository, signal }: ReleasePlace,
  manifest: Manifest,
  assets: readonly ReleaseAsset[],
  store: ModelStore | undefined,
): OpenContent {
  const byName = new Map(assets.map((asset) => [asset.name, asset]));
  return async (file, expected) => {
    if (expected === undefined) {
      return manifest.storage === null ? undefined : await store?.open(manifest.storage.reference, file, 0);
    }
    const asset = byName.get(expected.name);
    if (asset === undefined || asset.state !== 'uploaded') return undefined;
    return asset.size === 0 ? new PassThrough().end() : await openAsset(client, repository, asset.id, 0, signal);
  };
}
