import {
  createDraft,
  deleteDraft,
  listReleases,
  type Release,
  readRelease,
  updateRelease,
} from '../../github/releases.ts';
import { addMarker, type DraftMarker, parseMarker, removeMarker } from './draft-marker.ts';
import type { PublishOptions } from './options.ts';

/** What the draft of a version has to be. */
export interface WantedDraft {
  readonly tag: string;
  readonly title: string;
  readonly commit: string;
  readonly notes: string;
  readonly marker: DraftMarker;
}

/**
 * Finds the draft of this content, or makes it. Of several, which racing runs make, the one with the lowest id is the
 * one; the others are deleted, and who made them goes on with that one. A draft that a run with other files has begun
 * is taken over: its marker then names this run's files, and that run finds out before it goes further. Undefined where a
 * run that found the content published has deleted it.
 */
export async function openDraft(options: PublishOptions, wanted: WantedDraft): Promise<Release | undefined> {
  const { client, repository } = options;
  const { tag: tagName, title: name, commit: commitish, notes, marker } = wanted;
  const isWanted = (release: Release) => release.draft && isOf(parseMarker(release.body), marker);
  const body = addMarker(notes, marker);
  const { prerelease } = marker;
  const own = await createDraft(client, repository, { tagName, commitish, name, body, prerelease, isWanted });
  const drafts = (await listReleases(client, repository)).filter(isWanted).sort((a, b) => a.id - b.id);
  const [listed] = drafts;
  const winner = listed !== undefined && listed.id < own.id ? listed : own;
  const others = new Set([...drafts, own].map(({ id }) => id).filter((id) => id !== winner.id));
  for (const id of others) await deleteDraft(client, repository, id);
  const isSettled = winner.tagName === tagName && winner.commitish === commitish && holdsMarker(winner, marker);
  if (isSettled) return winner;
  const change = { tagName, commitish, name, body, prerelease };
  return await updateRelease(client, repository, winner.id, change).catch(async (error: unknown) => {
    if ((await readRelease(client, repository, winner.id)) === undefined) return undefined;
    throw error;
  });
}

/** Whether a marker is about the same content. */
function isOf(found: DraftMarker | undefined, wanted: Pick<DraftMarker, 'content' | 'prerelease'>): boolean {
  return found?.content === wanted.content && found.prerelease === wanted.prerelease;
}

function holdsMarker({ body }: Release, { key, run }: DraftMarker): boolean {
  const found = parseMarker(body);
  return found?.key === key && found.run === run;
}

/** The draft of this content, of several the first; undefined where there is none. */
export function findDraft(
  releases: readonly Release[],
  wanted: Pick<DraftMarker, 'content' | 'prerelease'>,
): Release | undefined {
  const drafts = releases.filter((release) => release.draft && isOf(parseMarker(release.body), wanted));
  return drafts.sort((a, b) => a.id - b.id)[0];
}

/** Deletes what is left of drafts of a content that is published: a list that lagged behind had hidden them. */
export async function removeLeftovers(options: PublishOptions, releases: readonly Release[]): Promise<void> {
  const { client, repository, package: made, prerelease } = options;
  const content = { content: made.contentDigest, prerelease: prerelease !== undefined };
  const drafts = releases.filter((release) => release.draft && isOf(parseMarker(release.body), content));
  for (const { id } of drafts) await deleteDraft(client, repository, id);
}

/** Whether a draft is still there, unpublished, and ours: nobody with other files has taken it over. */
export async function isStillOurs(options: PublishOptions, draft: Release, key: string): Promise<boolean> {
  const now = await readRelease(options.client, options.repository, draft.id);
  return now?.draft === true && now.tagName === draft.tagName && parseMarker(now.body)?.key === key;
}

/** The notes of a release as they are published: without the marker, with the ledger's head in a hidden comment. */
export function finishNotes(body: string, anchor: string): string {
  return `${removeMarker(body)}\n\n<!-- ${anchor} -->\n`;
}
