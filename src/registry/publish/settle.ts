import { computeSha256 } from '../../evidence/digest.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { renderManifest } from '../manifest/manifest-file.ts';
import { isOwn } from './event.ts';
import { finishRelease, refuseForeignTag } from './finish.ts';
import type { Published, PublishOptions } from './options.ts';
import { composeManifest, type PlannedFile } from './plan-files.ts';
import { findPublished, type Survey } from './survey.ts';
import { type CompleteDraft, findCompleteDraft } from './unfinished.ts';

const NOTHING_SENT = { assets: 0, bytes: 0 };

/** What is left to do once the events that are there were looked at. */
export interface Settled {
  /** Those whose release is published. */
  readonly released: readonly ReleaseEvent[];
  /** The event of this content that this package can still be the release of. */
  readonly resumed: ReleaseEvent | undefined;
  /** Those of this content whose release was published once and is gone: what was withdrawn does not come back. */
  readonly withdrawn: readonly ReleaseEvent[];
  /** How many events of this content nobody can finish, with those. */
  readonly abandoned: number;
}

export interface Settling {
  readonly files: readonly PlannedFile[];
  /** Which look this is, from 1: a list may lag behind, so the first decides nothing that cannot be undone. */
  readonly turn: number;
  /** Whether somebody else may still be at an event that cannot be finished here. */
  readonly patient: boolean;
}

/**
 * Looks at the events of the model. One of this content with a published release: there is nothing to do. One without:
 * its draft is published where it is complete, made complete where this package is what it names, and else, when nobody
 * else has finished it for a while, left behind. One whose release was there and is gone is left behind too. Complete drafts of other versions are published on the way: their run
 * did not come to its end.
 */
export async function settleEvents(
  options: PublishOptions,
  survey: Survey,
  { files, turn, patient }: Settling,
): Promise<Settled | Published | 'again'> {
  const released: ReleaseEvent[] = [];
  let resumed: ReleaseEvent | undefined;
  const withdrawn: ReleaseEvent[] = [];
  let abandoned = 0;
  for (const event of survey.events) {
    const own = isOwn(event, options);
    const release = await findPublished(options, survey, event.tag);
    if (release !== undefined) {
      if (own) return { state: 'identical', version: event.version, tag: event.tag, url: release.url };
      released.push(event);
      continue;
    }
    const complete = await findCompleteDraft(options, survey, event);
    if (complete !== undefined && (own || mayFinishOthers(options))) {
      const done = await finish(options, event, complete);
      if (own) return done;
      released.push(event);
    } else if (own && wasPublished(survey, event)) {
      if (turn === 1 && !survey.burnt.has(event.tag) && options.dryRun !== true) return 'again';
      withdrawn.push(event);
    } else if (own && isSame(options, files, event)) {
      resumed = event;
    } else if (own) {
      if (patient && options.dryRun !== true) return 'again';
      abandoned += 1;
    }
  }
  return { released, resumed, withdrawn, abandoned: abandoned + withdrawn.length };
}

/** Whether the release of an event was there: its tag came before it, and its draft is no draft any more. */
function wasPublished({ tags, burnt, releases }: Survey, { tag }: ReleaseEvent): boolean {
  return burnt.has(tag) || (tags.includes(tag) && !releases.some(({ tagName }) => tagName === tag));
}

function mayFinishOthers({ phase, dryRun }: PublishOptions): boolean {
  return phase !== 'prepare' && dryRun !== true;
}

/** Whether this package, under the event's version, has the manifest that the event names. */
function isSame(options: PublishOptions, files: readonly PlannedFile[], event: ReleaseEvent): boolean {
  const manifest = composeManifest(options, files, event.version, event.reference ?? undefined);
  return computeSha256(renderManifest(manifest)) === event.manifest;
}

async function finish(
  options: PublishOptions,
  event: ReleaseEvent,
  { draft, manifest, wanted }: CompleteDraft,
): Promise<Published> {
  const { version, tag } = event;
  const told = { version, tag, manifest: event.manifest, sent: NOTHING_SENT };
  await refuseForeignTag(options, event);
  if (options.phase === 'prepare' || options.dryRun) {
    const subjects = wanted.map(({ name, sha256 }) => ({ name, sha256 }));
    return { state: 'prepared', release: draft.id, subjects, ...told };
  }
  options.progress.info(`Finishing ${tag}, which a run before has left: ${manifest.files.length} files`);
  const { url } = await finishRelease(options, event, draft, wanted);
  return { state: 'published', url, event, ...told };
}
