import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/schema/modelgate.ts';
import type { Delays } from '../../github/delays.ts';
import type { Progress } from '../../progress.ts';
import type { LedgerStore } from '../../registry/ledger/ledger.ts';
import { findReleaseEvent } from '../../registry/ledger/queries.ts';
import type { OciStore } from '../../registry/oci/store.ts';
import type { Package } from '../../registry/package/package.ts';

/** What copying needs of where it runs. */
export interface CopyRoom {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly delays?: Delays | undefined;
  readonly ledger: LedgerStore;
  /** The address of the repository's page. */
  readonly repositoryUrl: string;
}

/** A version that is published, and what else is to know of it. */
export interface PublishedCopy {
  readonly config: Config;
  readonly package: Package;
  readonly version: string;
  readonly tag: string;
  /** Where the model's files lie, if they are no assets. */
  readonly store: OciStore | undefined;
  /** Empty where nobody gave one; `tokenName` is what it would be given by. */
  readonly hubToken: string;
  readonly tokenName: string;
}

/**
 * What follows a release elsewhere: the tag of its artifact in the OCI registry, and its copy on the Hugging Face Hub. Both
 * find what an earlier run has done, so a run that was interrupted here is only run again. Answers with the address of the
 * copy on the Hub; undefined where there is none.
 */
export async function copyElsewhere(room: CopyRoom, copy: PublishedCopy): Promise<string | undefined> {
  const { package: made, version, store, config } = copy;
  const event = findReleaseEvent(await room.ledger.read(), made.model, version);
  if (store && event?.reference) await store.tag(event.reference, version);
  const hub = config.release?.['hugging-face'];
  return hub && (await copyToHub(room, copy, hub.repository));
}

async function copyToHub(room: CopyRoom, copy: PublishedCopy, repository: string): Promise<string | undefined> {
  const { package: made, version, tag, hubToken: token, tokenName } = copy;
  const { environment, progress, signal, delays, repositoryUrl } = room;
  if (token === '') {
    progress.warn(`${tag} is not copied to ${repository} on the Hub: there is no ${tokenName}.`);
    return undefined;
  }
  const { pushToHub } = await import('../../registry/hugging-face/push.ts');
  const card = made.files.find(({ role }) => role === 'card');
  const { url } = await pushToHub({
    ...{ repository, token, version, model: made.model, contentDigest: made.contentDigest },
    hubUrl: environment['HF_ENDPOINT'] || undefined,
    releaseUrl: `${repositoryUrl}/releases/tag/${encodeURIComponent(tag)}`,
    card: card && (await readFile(card.file, 'utf8')),
    files: made.files.filter(({ role }) => role === 'model'),
    metrics: made.facts.metrics.flatMap(({ name, value }) =>
      value === null ? [] : [{ name, value, dataset: 'test' }],
    ),
    ...{ progress, signal },
    ...(delays && { delays }),
  });
  return url;
}
