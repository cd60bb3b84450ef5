import { UserMistake } from '../../errors.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { findReleaseByTag, type Release, readRelease, updateRelease } from '../../github/releases.ts';
import { type AnnotatedTag, createAnnotatedTag, readAnnotatedTag } from '../../github/tags.ts';
import { renderAnchor } from '../ledger/anchor.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import { finishNotes } from './draft.ts';
import type { PublishOptions } from './options.ts';
import { findAssetFaults } from './upload.ts';
import type { WantedAsset } from './wanted.ts';

type Room = Pick<PublishOptions, 'client' | 'repository' | 'progress' | 'signal'>;

/** The message of a version's tag: what it is, and where the ledger stood after its event. */
export function renderVersionMessage(event: ReleaseEvent): string {
  const head = { sequence: event.sequence, digest: computeEventDigest(event) };
  return `${event.model} ${event.version}\n\n${renderAnchor(head)}\n`;
}

/** What is wrong with a tag for an event; undefined when it is the one that belongs to it. */
export function findTagFault(tag: AnnotatedTag, event: ReleaseEvent): string | undefined {
  if (tag.commit !== event.commit)
    return `it stands on ${tag.commit.slice(0, 12)}, not on ${event.commit.slice(0, 12)}`;
  if (!tag.annotated) return 'it is a lightweight one, which says nothing about the ledger';
  if (tag.message.trim() !== renderVersionMessage(event).trim()) return 'its message is not the one of this version';
  return undefined;
}

/** Throws UserMistake where a tag of the version stands that is not its own. Called before the first byte, too. */
export async function refuseForeignTag(room: Room, event: ReleaseEvent): Promise<void> {
  const tag = await readAnnotatedTag(room.client, room.repository, event.tag);
  if (tag !== undefined) refuse(event, findTagFault(tag, event));
}

/**
 * Makes the tag, then publishes the draft, then reads all of it back. Everything is looked at first, so it can be begun
 * anew anywhere. The draft must have been verified. Throws UserMistake where the tag is another's.
 */
export async function finishRelease(
  room: Room,
  event: ReleaseEvent,
  draft: Release,
  wanted: readonly WantedAsset[],
): Promise<Release> {
  const { client, repository } = room;
  const { tag: name, commit } = event;
  const tag = await createAnnotatedTag(client, repository, { name, commit, message: renderVersionMessage(event) });
  refuse(event, findTagFault(tag, event));
  const now = (await readRelease(client, repository, draft.id)) ?? draft;
  if (now.draft) {
    const head = { sequence: event.sequence, digest: computeEventDigest(event) };
    const body = finishNotes(now.body, renderAnchor(head));
    const { prerelease } = event;
    await updateRelease(client, repository, draft.id, { draft: false, tagName: name, body, prerelease });
  }
  return await readBack(room, event, draft, wanted);
}

async function readBack(
  room: Room,
  event: ReleaseEvent,
  draft: Release,
  wanted: readonly WantedAsset[],
): Promise<Release> {
  const { client, repository } = room;
  const release = await findSoon(room, () => findReleaseByTag(client, repository, event.tag));
  const tag = await findSoon(room, () => readAnnotatedTag(client, repository, event.tag));
  const fault =
    release === undefined
      ? 'it is not there'
      : release.id !== draft.id
        ? 'its tag belongs to another release'
        : tag === undefined
          ? 'its tag is not there'
          : findTagFault(tag, event);
  const { faults } = await findAssetFaults(room, draft, wanted);
  const all = [...(fault === undefined ? [] : [fault]), ...faults];
  if (release === undefined || all.length > 0) {
    const found = `the release ${event.tag} was published, and then it was not as it should be: ${all.join('; ')}`;
    throw new UserMistake({ found, fix: 'Somebody changes it at the same time. Do not use this version.' });
  }
  return release;
}

/** Reading may lag behind writing. */
async function findSoon<Found>({ client }: Room, find: () => Promise<Found | undefined>): Promise<Found | undefined> {
  for (const seconds of [0, 1, 2, 4]) {
    await client.pause(seconds);
    const found = await find();
    if (found !== undefined) return found;
  }
  return undefined;
}

function refuse({ tag, commit }: ReleaseEvent, fault: string | undefined): void {
  if (fault === undefined) return;
  const fix =
    `Tags are never moved. If that tag is nobody’s version, delete it by hand and run this again on ${commit.slice(0, 12)}; ` +
    'else delete the draft of it: the next run then takes the next number.';
  throw new UserMistake({ found: `the tag ${tag} is there already, and ${fault}`, fix });
}
