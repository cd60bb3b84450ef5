import type { LedgerDraft, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { PublishOptions } from './options.ts';

/** The number of a version as it is to be written into the ledger. */
export interface NewEvent {
  readonly id: string;
  readonly version: string;
  readonly tag: string;
  /** The digest of manifest.json. */
  readonly manifest: string;
  readonly reference: string | undefined;
}

/** Whether an event is about the content of a package, as a release or as a pre-release. */
export function isOwn(
  event: ReleaseEvent,
  { package: made, prerelease }: Pick<PublishOptions, 'package' | 'prerelease'>,
): boolean {
  return event.contentDigest === made.contentDigest && event.prerelease === (prerelease !== undefined);
}

/**
 * What a repeated run finds its event by: the content. Events of the same content that nobody can finish any more are
 * `abandoned`, and count.
 */
export function nameReleaseEvent({ package: made, prerelease }: PublishOptions, abandoned: number): string {
  const kind = prerelease === undefined ? '' : ':pre-release';
  const again = abandoned === 0 ? '' : `:${abandoned + 1}`;
  return `release:${made.model}:${made.contentDigest}${kind}${again}`;
}

/** Writes the event, or finds it written. `taken`: another content has the version by now. */
export async function appendRelease(options: PublishOptions, wanted: NewEvent): Promise<ReleaseEvent | 'taken'> {
  const { model } = options.package;
  const appended = await options.ledger.append<'taken'>((ledger) => {
    if (findById(ledger, wanted.id) === undefined) {
      const isTaken = ledger.events.some(
        (event) => event.kind === 'release' && event.model === model && event.version === wanted.version,
      );
      if (isTaken) return { stop: 'taken' };
    }
    return { append: composeEvent(options, wanted) };
  });
  if ('stop' in appended) return 'taken';
  const { event } = appended;
  if (event.kind !== 'release') throw new Error(`The event ${event.id} is no release`);
  return event;
}

function findById(ledger: Ledger, id: string) {
  return ledger.events.find((event) => event.id === id);
}

function composeEvent(options: PublishOptions, wanted: NewEvent): LedgerDraft {
  const { package: made, actor, run, prerelease } = options;
  const { id, version, tag, manifest, reference } = wanted;
  const { model, commit, modelDigest, contentDigest, facts } = made;
  return {
    kind: 'release',
    id,
    model,
    actor,
    run,
    version,
    tag,
    commit,
    prerelease: prerelease !== undefined,
    manifest,
    modelDigest,
    contentDigest,
    ...facts,
    reference: reference ?? null,
  };
}
