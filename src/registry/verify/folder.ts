import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest, ManifestFile } from '../../evidence/schema/manifest.ts';
import { EVENT_FILE } from '../fetch/fetch.ts';
import { doInParallel } from '../fetch/pool.ts';
import { findManifestFault } from '../fetch/release-manifest.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import { checkEvent } from '../ledger/event-schema.ts';
import { MAX_MANIFEST_BYTES, readManifest, renderChecksums } from '../manifest/manifest-file.ts';
import { CHECKSUMS_FILE, isBundleName, MANIFEST_FILE } from '../manifest/naming.ts';
import { type Check, fail, judge, leaveOpen } from './checks.ts';
import { checkContent, type OpenContent } from './content.ts';
import { listDocuments, parseDocuments, SIGNATURE_FILE } from './evidence.ts';
import { checkLinks } from './links.ts';

/** Files that are read at a time. */
const WIDTH = 4;
/** An attestation larger than this is not read: 16 MiB (GitHub's own limit for a predicate). */
const MAX_BUNDLE_BYTES = 16 * 1024 * 1024;

/** What a folder with a downloaded release came to. */
export interface ExaminedFolder {
  readonly checks: readonly Check[];
  readonly manifest: Manifest;
  /** The digest of manifest.json. */
  readonly digest: string;
  /** The digest of the event that lies beside it, which names this manifest; undefined where there is none. */
  readonly eventDigest: string | undefined;
  readonly documents: EvidenceSet;
  /** The text of `model.sig`, where there is one. */
  readonly signature: string | undefined;
  /** The texts of the attestations that lie there, by file name. */
  readonly bundles: ReadonlyMap<string, string>;
}

/**
 * Compares a downloaded release with its manifest, and that with the ledger's event beside it, without any network: a
 * folder as fetching leaves it, with files under their paths, or one with the release's assets. Anybody can make such a
 * folder: that all of it agrees says nothing until somebody else knows the manifest (`checkAnchor`). Throws UserMistake
 * where there is no manifest.
 */
export async function examineFolder(folder: string, signal?: AbortSignal): Promise<ExaminedFolder> {
  const bytes = await readBounded(folder, MANIFEST_FILE, MAX_MANIFEST_BYTES);
  if (bytes === undefined) {
    const fix = 'Name a folder that modelgate fetch wrote, or one with all assets of a release.';
    throw new UserMistake({ file: join(folder, MANIFEST_FILE), found: 'there is no manifest', fix });
  }
  const manifest = readManifest(bytes, join(folder, MANIFEST_FILE));
  const digest = computeSha256(bytes);
  const { event, check } = await readEvent(folder, manifest, digest);
  const checks: Check[] = [check, ...(await checkChecksums(folder, manifest))];
  const present = await listPresent(folder, manifest);
  const documents = new Set(listDocuments(manifest).map(({ path }) => path));
  const found = new Map<string, readonly Check[]>();
  const kept = new Map<string, Buffer>();
  await doInParallel(present.here, WIDTH, signal, async (file) => {
    const content = await checkContent(file, present.open, documents.has(file.path));
    found.set(file.path, content.checks);
    if (content.bytes !== undefined) kept.set(file.path, content.bytes);
  });
  checks.push(...present.here.flatMap(({ path }) => found.get(path) ?? []), ...present.checks);
  const evidence = parseDocuments(manifest, kept);
  if (present.here.some(({ role }) => role !== 'model')) {
    checks.push(...evidence.checks, ...checkLinks(manifest, event, evidence.documents));
  }
  const signature = kept.get(SIGNATURE_FILE)?.toString('utf8');
  const eventDigest = event && check.outcome === 'pass' ? computeEventDigest(event) : undefined;
  const bundles = await readBundles(folder);
  return { checks, manifest, digest, eventDigest, documents: evidence.documents, signature, bundles };
}

async function readEvent(
  folder: string,
  manifest: Manifest,
  digest: string,
): Promise<{ event: ReleaseEvent | undefined; check: Check }> {
  const text = 'is what the event beside it says';
  const bytes = await readBounded(folder, EVENT_FILE, MAX_BUNDLE_BYTES);
  if (bytes === undefined) {
    const reason = `${EVENT_FILE} is not here`;
    return { event: undefined, check: leaveOpen(MANIFEST_FILE, text, reason, false) };
  }
  const checked = checkEvent(parseJson(bytes));
  if (checked.state !== 'known' || checked.event.kind !== 'release') {
    const reason = checked.state === 'wrong' ? checked.fault : 'it is not the event of a release';
    return { event: undefined, check: fail(EVENT_FILE, 'is an event of the ledger', reason) };
  }
  const { event } = checked;
  if (renderCanonical(event) !== bytes.toString('utf8')) {
    return { event, check: fail(EVENT_FILE, 'is an event of the ledger', 'it is not written as the ledger writes') };
  }
  const fault = digest === event.manifest ? findManifestFault(manifest, event) : `has the digest ${digest}`;
  return { event, check: judge(MANIFEST_FILE, text, fault, `${digest}, event ${event.sequence}`) };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function checkChecksums(folder: string, manifest: Manifest): Promise<Check[]> {
  const found = await readBounded(folder, CHECKSUMS_FILE, MAX_BUNDLE_BYTES);
  if (found === undefined) return [];
  const same = found.toString('utf8') === renderChecksums(manifest);
  return [judge(CHECKSUMS_FILE, 'says what the manifest says', same ? undefined : 'it says something else')];
}

/** Which files of a manifest lie in a folder, and how they are opened there. What is missing is told. */
async function listPresent(folder: string, manifest: Manifest) {
  const places = new Map<string, string>();
  const here: ManifestFile[] = [];
  for (const file of manifest.files) {
    if (await isFile(join(folder, file.path))) places.set(file.path, join(folder, file.path));
    for (const { name } of file.assets) if (await isFile(join(folder, name))) places.set(name, join(folder, name));
    if (places.has(file.path) || file.assets.some(({ name }) => places.has(name))) here.push(file);
  }
  const missing = manifest.files.filter((file) => !here.includes(file));
  // Whoever fetched the model only has nothing else of the release.
  const modelOnly = here.every(({ role }) => role === 'model');
  const checks = missing.map(({ path, role }) =>
    modelOnly && role !== 'model'
      ? leaveOpen(path, 'digest', 'it is not in the folder', false)
      : fail(path, 'digest', 'it is missing from the folder'),
  );
  const open: OpenContent = async (file, asset) => {
    const whole = places.get(file.path);
    const part = asset === undefined ? undefined : places.get(asset.name);
    if (part !== undefined) return createReadStream(part);
    if (whole === undefined) return undefined;
    const before = asset === undefined ? [] : file.assets.slice(0, file.assets.indexOf(asset));
    const start = before.reduce((sum, { size }) => sum + size, 0);
    // The last part goes to the end of the file, so that bytes too many are seen.
    const isLast = asset === undefined || asset === file.assets.at(-1);
    return createReadStream(whole, isLast ? { start } : { start, end: start + asset.size - 1 });
  };
  return { here, checks, open };
}

async function readBundles(folder: string): Promise<Map<string, string>> {
  const bundles = new Map<string, string>();
  for (const name of (await readdir(folder)).filter(isBundleName).sort()) {
    const bytes = await readBounded(folder, name, MAX_BUNDLE_BYTES);
    if (bytes !== undefined) bundles.set(name, bytes.toString('utf8'));
  }
  return bundles;
}

async function isFile(place: string): Promise<boolean> {
  return (await lstat(place).catch(() => undefined))?.isFile() ?? false;
}

/** The bytes of a file of the folder; undefined where there is none. Throws UserMistake when it is too large. */
async function readBounded(folder: string, name: string, limit: number): Promise<Buffer | undefined> {
  const place = join(folder, name);
  if (!(await isFile(place))) return undefined;
  const file = await open(place, 'r');
  try {
    const { size } = await file.stat();
    if (size > limit) {
      const fix = 'Modelgate wrote no such file. Fetch the version again.';
      throw new UserMistake({ file: place, found: `it has ${size} bytes, more than ${limit}`, fix });
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}
