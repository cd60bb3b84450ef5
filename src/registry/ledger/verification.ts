import type { LedgerHead, PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { parseStageTag, parseVersionTag } from '../versions/grammar.ts';
import { computeEventDigest, type LedgerFault, nameEventFile } from './chain.ts';
import type { Ledger } from './ledger.ts';
import { isPlacing, listReleaseEvents } from './queries.ts';

/** Where a head of the ledger was written down outside of the branch. */
export interface Anchor {
  /** For messages: `the tag churn@v1.0.0`. */
  readonly where: string;
  readonly head: LedgerHead;
  /** The tag whose event the head must be; undefined where it may be any. */
  readonly tag: string | undefined;
}

/** What a repository has beside the branch. */
export interface RegistryFacts {
  /** Tags in the grammar of versions and stages. `anchored` says that a message of ours is in them. */
  readonly tags: readonly { readonly name: string; readonly commit: string; readonly anchored: boolean }[];
  /** The releases that are published. `published` in ISO 8601. */
  readonly releases: readonly { readonly tagName: string; readonly published: string; readonly anchored: boolean }[];
}

/**
 * Compares a ledger, whose chain is whole, with what stands outside of it: every head that a tag, a release or a
 * deployment remembers; every published version and every stage tag has its event, and the other way round. So an event
 * that was removed, changed, exchanged or inserted is found, also where the whole chain was written anew behind it.
 * What comes after the last anchor can be compared with nothing.
 */
export function findLedgerFaults(ledger: Ledger, anchors: readonly Anchor[], facts: RegistryFacts): LedgerFault[] {
  return [
    ...compareAnchors(ledger, anchors),
    ...findTwice(ledger),
    ...listReleaseEvents(ledger).flatMap((event) => compareRelease(event, facts)),
    ...ledger.events.filter(isPlacing).flatMap((event) => comparePlacing(event, facts)),
    ...findStrangers(ledger, facts),
  ];
}

/**
 * Anchors in their order. Where an event was changed and the chain written anew behind it, every later anchor disagrees:
 * the events between the last that agrees and the first that does not are named, once.
 */
function compareAnchors(ledger: Ledger, anchors: readonly Anchor[]): LedgerFault[] {
  const digests = computeDigests(ledger);
  const sorted = anchors.toSorted((a, b) => a.head.sequence - b.head.sequence);
  const faults: LedgerFault[] = [];
  let [good, disagreeing] = [0, false];
  for (const { where, head, tag } of sorted) {
    const { sequence, digest } = head;
    const file = nameEventFile(sequence);
    const known = digests.get(sequence);
    if (known === undefined) {
      const found = sequence > (ledger.head?.sequence ?? 0) ? 'is missing' : 'cannot be read';
      faults.push({ where: file, found: `${found}, and ${where} knows it` });
    } else if (known.digest === digest) {
      [good, disagreeing] = [sequence, false];
      if (tag !== undefined && known.tag !== undefined && known.tag !== tag) {
        faults.push({ where, found: `names ${file} as its event, which is of ${known.tag || 'something else'}` });
      }
    } else if (!disagreeing) {
      disagreeing = true;
      const alone = good + 1 >= sequence;
      const found = `${alone ? 'was' : 'were'} changed: ${where} knows ${file} as ${digest}, and it is ${known.digest}`;
      faults.push({ where: alone ? file : `${nameEventFile(good + 1)} to ${file}`, found });
    }
  }
  return faults;
}

interface KnownEvent {
  readonly digest: string;
  /** Empty of an event that has none, undefined of one that cannot be read. */
  readonly tag: string | undefined;
}

function computeDigests({ events, newer = [] }: Ledger): ReadonlyMap<number, KnownEvent> {
  const digests = new Map<number, KnownEvent>();
  for (const { sequence, digest } of newer) digests.set(sequence, { digest, tag: undefined });
  for (const event of events) {
    const tag = 'tag' in event ? event.tag : '';
    digests.set(event.sequence, { digest: computeEventDigest(event), tag });
  }
  return digests;
}

/** Versions and counters are given once. */
function findTwice({ events }: Ledger): LedgerFault[] {
  const first = new Map<string, number>();
  return events.flatMap((event) => {
    if (!('tag' in event)) return [];
    const before = first.get(event.tag);
    if (before === undefined) first.set(event.tag, event.sequence);
    const found = `gives ${event.tag} again, after ${nameEventFile(before ?? 0)}`;
    return before === undefined ? [] : [{ where: nameEventFile(event.sequence), found }];
  });
}

function compareRelease(event: ReleaseEvent, { tags, releases }: RegistryFacts): LedgerFault[] {
  const where = nameEventFile(event.sequence);
  const published = releases.some(({ tagName }) => tagName === event.tag);
  const unfinished = `is of ${event.tag}, which is not published: publishing it was not finished, or it was deleted`;
  return [
    ...(published ? [] : [{ where, found: unfinished, unfinished: true as const }]),
    ...compareTag(event, tags, published),
  ];
}

function comparePlacing(event: PlacingEvent, { tags }: RegistryFacts): LedgerFault[] {
  const where = nameEventFile(event.sequence);
  const there = tags.some(({ name }) => name === event.tag);
  if (there) return compareTag(event, tags, true);
  const found = `is of the tag ${event.tag}, which is not there: placing it was not finished, or it was deleted`;
  return [{ where, found, unfinished: true }];
}

function compareTag(
  { tag, commit, sequence }: ReleaseEvent | PlacingEvent,
  tags: RegistryFacts['tags'],
  needed: boolean,
): LedgerFault[] {
  const found = tags.find(({ name }) => name === tag);
  if (found === undefined) return needed ? [{ where: `the tag ${tag}`, found: 'is missing' }] : [];
  if (found.commit === commit) return [];
  const text = `is on the commit ${found.commit}, and ${nameEventFile(sequence)} says ${commit}`;
  return [{ where: `the tag ${tag}`, found: text }];
}

/**
 * Published versions and stage tags without an event. What stood there before the ledger began is not meant: releases
 * published before its first event, and counters below the first that the ledger gave.
 */
function findStrangers(ledger: Ledger, { tags, releases }: RegistryFacts): LedgerFault[] {
  const known = new Set(ledger.events.flatMap((event) => ('tag' in event ? [event.tag] : [])));
  // Verdicts are counted also where somebody else still makes the versions.
  const began = Date.parse(ledger.events.find(({ kind }) => kind !== 'verdict')?.created ?? '');
  const found = 'has no event in the ledger: one was removed, or Modelgate did not make it';
  const versions = releases
    .filter(({ tagName }) => parseVersionTag(tagName)?.mark === '' && !known.has(tagName))
    .filter(({ anchored, published }) => anchored || Date.parse(published) >= began)
    .map(({ tagName }) => ({ where: `the release ${tagName}`, found }));
  const lowest = new Map<string, number>();
  for (const event of ledger.events.filter(isPlacing)) {
    const place = `${event.model}#${event.stage}`;
    lowest.set(place, Math.min(event.counter, lowest.get(place) ?? event.counter));
  }
  const stages = tags
    .filter(({ name, anchored }) => {
      const parsed = known.has(name) ? undefined : parseStageTag(name);
      if (parsed === undefined) return false;
      return anchored || parsed.counter > (lowest.get(`${parsed.model}#${parsed.stage}`) ?? 0);
    })
    .map(({ name }) => ({ where: `the tag ${name}`, found }));
  return [...versions, ...stages];
}
