import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import { writeAtomically } from '../../evidence/files.ts';
import type { FileRole, Manifest } from '../../evidence/schema/manifest.ts';
import type { Progress } from '../../progress.ts';
import { MANIFEST_FILE } from '../manifest/naming.ts';
import type { ModelStore } from '../model-store.ts';
import { SIGNATURE_FILE } from '../verify/evidence.ts';
import { type ReleasePlace, readPublished, readReleaseManifest } from './release-manifest.ts';
import { planSources } from './sources.ts';
import { stageFiles } from './stage-files.ts';
import { openStaging } from './staging.ts';
import { type Final, listMissing, placeFiles } from './target.ts';

/** The event of the version, beside its manifest: what a folder is verified against without a network. */
export const EVENT_FILE = 'ledger-event.json';

export interface FetchVersion extends ReleasePlace {
  /** Where the files go, under the paths of the manifest; made when it is not there. */
  readonly folder: string;
  /** The files of these roles only. */
  readonly roles?: readonly FileRole[] | undefined;
  /** The signature too, where `roles` leaves it out: the model's files are verified with it. */
  readonly signed?: boolean;
  /** A folder that keeps the model's files by their digest. */
  readonly cache?: string | undefined;
  /** Holds the files that are no assets. */
  readonly store?: ModelStore | undefined;
  /** Replaces files that are there already and differ. */
  readonly force?: boolean | undefined;
  readonly progress: Progress;
  readonly now: () => Date;
}

/** What was fetched. `files` are absolute paths when `folder` is one, in the order of the manifest. */
export interface Fetched {
  readonly manifest: Manifest;
  readonly files: readonly string[];
  /** Files that were there already, or came from the cache. */
  readonly kept: number;
  /** Bytes that came over the network. */
  readonly downloaded: number;
}

/**
 * Brings the files of a version into a folder. Every part, every file and the manifest are compared with the digests that
 * lead to the ledger's event before the first of them gets its name; a run that was killed is gone on with. Throws
 * UserMistake that names what is missing, broken or in the way.
 */
export async function fetchVersion(options: FetchVersion): Promise<Fetched> {
  const { event, folder, roles, signed = false, progress } = options;
  const published = await readPublished(options);
  if (published === undefined) {
    const fix = 'Run the publishing again, or choose another version.';
    throw new UserMistake({ found: `${event.tag} has no published release`, fix });
  }
  const { manifest, bytes } = await readReleaseManifest(options, published.assets);
  const chosen = manifest.files.filter(
    ({ role, path }) => roles === undefined || roles.includes(role) || (signed && path === SIGNATURE_FILE),
  );
  const own = describeOwnFiles(bytes, options);
  refuseOwnNames(chosen, own);
  const sources = planSources({ ...options, assets: published.assets }, manifest, chosen);
  const missing = await listMissing(folder, sources, options.force ?? false);
  const missingOwn = await listMissing(folder, own, options.force ?? false);
  const files = [...chosen.map(({ path }) => join(folder, path)), ...own.map(({ path }) => join(folder, path))];
  if (missing.length + missingOwn.length === 0) return { manifest, files, kept: chosen.length, downloaded: 0 };

  const staging = await openStaging(folder);
  const step = progress.start(`Fetching ${event.tag}`);
  const tell = (came: number, total: number) => step.update(`Fetching ${event.tag}: ${came} of ${total} bytes`);
  try {
    const cacheable = new Set(manifest.files.filter(({ role }) => role === 'model').map(({ sha256 }) => sha256));
    const got = await stageFiles({ ...options, missing, staging, cacheable, tell });
    await placeFiles(folder, missing, got.verified, staging);
    for (const file of missingOwn) await writeAtomically(join(folder, file.path), file.content);
    await staging.finish();
    step.done(`Fetched ${event.tag}: ${chosen.length} files, ${got.downloaded} bytes downloaded`);
    return { manifest, files, kept: chosen.length - missing.length + got.cached, downloaded: got.downloaded };
  } catch (error) {
    step.fail();
    await staging.leave();
    throw error;
  }
}

type OwnFile = Final & { readonly content: string };

function describeOwnFiles(manifest: Buffer, { event }: FetchVersion): OwnFile[] {
  const contents = { [MANIFEST_FILE]: manifest.toString('utf8'), [EVENT_FILE]: renderCanonical(event) };
  return Object.entries(contents).map(([path, content]) => {
    return { path, content, size: Buffer.byteLength(content), sha256: computeSha256(content) };
  });
}

function refuseOwnNames(files: readonly { readonly path: string }[], own: readonly OwnFile[]): void {
  const names = new Set<string>(own.map(({ path }) => path));
  const clash = files.find(({ path }) => names.has(path.toLowerCase()));
  if (clash === undefined) return;
  const found = `the release has a file named ${clash.path}, and Modelgate writes one of that name beside it`;
  throw new UserMistake({
    found,
    fix: 'Fetch the model alone with --only model, or release the file by another name.',
  });
}
