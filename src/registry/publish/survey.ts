import { UserMistake } from '../../errors.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { findReleaseByTag, listReleases, type Release } from '../../github/releases.ts';
import { listTagNames } from '../../github/tags.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { listReleaseEvents } from '../ledger/queries.ts';
import { MAX_MANIFEST_BYTES, readManifest } from '../manifest/manifest-file.ts';
import { MANIFEST_FILE } from '../manifest/naming.ts';
import type { PublishOptions } from './options.ts';
import { readAsset } from './read-asset.ts';

/** What there is of a model before anything is written. */
export interface Survey {
  readonly ledger: Ledger;
  /** Of this model. */
  readonly events: readonly ReleaseEvent[];
  /** Of the whole repository, newest first. */
  readonly releases: readonly Release[];
  /** The tags of this model's versions. */
  readonly tags: readonly string[];
  /** Names of tags that GitHub has said it gives to nobody again. */
  readonly burnt: ReadonlySet<string>;
}

/** Reads ledger, releases and tags. */
export async function surveyRegistry(options: PublishOptions, burnt: ReadonlySet<string>): Promise<Survey> {
  const { client, repository, package: made } = options;
  const [ledger, releases, tags] = await Promise.all([
    options.ledger.read(),
    listReleases(client, repository),
    listTagNames(client, repository, `${made.model}@`),
  ]);
  const names = tags.map(({ name }) => name);
  return { ledger, events: listReleaseEvents(ledger, made.model), releases, tags: names, burnt };
}

/** The published release of a version; a list may not have heard of it yet, so the tag is asked too. */
export async function findPublished(
  options: PublishOptions,
  survey: Survey,
  tag: string,
): Promise<Release | undefined> {
  const listed = survey.releases.find((release) => !release.draft && release.tagName === tag);
  return listed ?? (await findReleaseByTag(options.client, options.repository, tag));
}

/**
 * The manifest that an event names, out of the release that holds it; undefined where the release has none, or another
 * one: nothing in it then counts.
 */
export async function readNamedManifest(
  options: PublishOptions,
  release: Release,
  digest: string,
): Promise<Manifest | undefined> {
  const asset = release.assets.find(({ name, state }) => name === MANIFEST_FILE && state === 'uploaded');
  if (asset === undefined || asset.size > MAX_MANIFEST_BYTES || (asset.digest ?? digest) !== digest) return undefined;
  const bytes = await readAsset(options, asset, MAX_MANIFEST_BYTES);
  if (computeSha256(bytes) !== digest) return undefined;
  try {
    return readManifest(bytes, `${release.tagName}/${MANIFEST_FILE}`);
  } catch (error) {
    if (error instanceof UserMistake) return undefined;
    throw error;
  }
}
