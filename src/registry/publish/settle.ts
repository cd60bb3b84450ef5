import { computeSha256 } from '../../evidence/digest.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { renderManifest } from '../manifest/manifest-file.ts';
import { isOwn } from './event.ts';
import { checkTag, finishRelease } from './finish.ts';
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
  /** How many events of this content nobody can finish. */
  readonly abandoned: number;
}

export interface Settling {
  readonly files: readonly PlannedFile[];
  /** Whether somebody else may still be at an event that cannot be finished here. */
  readonly patient: boolean;
}

/**
 * Looks at the events of the model. One of this content with a published release: there is nothing to do. One without:
 * its draft is published where it is complete, made complete where this package is what it names, and else, when nobody
 * else has finished it for a while, left behind. Complete drafts of other versions are published on the way: their run
 * did not come to its end.
 */
export async function settleEvents(
  options: PublishOptions,
  survey: Survey,
  { files, patient }: Settling & { readonly folder: string },
): Promise<Settled | Published | 'again'> {
  const released: ReleaseEvent[] = [];
  let resumed: ReleaseEvent | undefined;
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
    } else if (own && isSame(options, files, event)) {
      resumed = event;
    } else if (own) {
      if (patient && options.dryRun !== true) return 'again';
      abandoned += 1;
    }
  }
  return { released, resumed, abandoned };
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
  await checkTag(options, event);
  if (options.phase === 'prepare' || options.dryRun) {
    const subjects = wanted.map(({ name, sha256 }) => ({ name, sha256 }));
    return { state: 'prepared', release: draft.id, subjects, ...told };
  }
  options.progress.info(`Finishing ${tag}, which a run before has left: ${manifest.files.length} files`);
  const { url } = await finishRelease(options, event, draft, wanted);
  return { state: 'published', url, event, ...told };
}
