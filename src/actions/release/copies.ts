import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/schema/modelgate.ts';
import { pushToHub } from '../../registry/hugging-face/push.ts';
import { findReleaseEvent } from '../../registry/ledger/queries.ts';
import type { OciStore } from '../../registry/oci/store.ts';
import type { Package } from '../../registry/package/package.ts';
import type { Shell } from '../shell.ts';
import type { OpenedRegistry } from './opening.ts';

/** A version that is published, and what else is to know of it. */
export interface PublishedCopy {
  readonly config: Config;
  readonly package: Package;
  readonly version: string;
  readonly tag: string;
  /** Where the model's files lie, if they are no assets. */
  readonly store: OciStore | undefined;
  /** Empty where nobody gave one. */
  readonly hubToken: string;
}

/**
 * What follows a release elsewhere: the tag of its artifact in the OCI registry, and its copy on the Hugging Face Hub. Both
 * find what an earlier run has done, so a run that was interrupted here is only run again.
 */
export async function copyElsewhere(shell: Shell, registry: OpenedRegistry, copy: PublishedCopy): Promise<void> {
  const { package: made, version, store, config } = copy;
  const event = findReleaseEvent(await registry.ledger.read(), made.model, version);
  if (store && event?.reference) await store.tag(event.reference, version);
  const hub = config.release?.['hugging-face'];
  if (hub) await copyToHub(shell, registry, copy, hub.repository);
}

async function copyToHub(
  shell: Shell,
  registry: OpenedRegistry,
  copy: PublishedCopy,
  repository: string,
): Promise<void> {
  const { package: made, version, tag, hubToken: token } = copy;
  if (token === '') {
    shell.progress.warn(`${tag} is not copied to ${repository} on the Hub: there is no hub-token.`);
    return;
  }
  const card = made.files.find(({ role }) => role === 'card');
  const { serverUrl } = registry.context;
  const { url } = await pushToHub({
    ...{ repository, token, version, model: made.model, contentDigest: made.contentDigest },
    hubUrl: shell.environment['HF_ENDPOINT'] || undefined,
    releaseUrl: `${serverUrl}/${registry.repository.fullName}/releases/tag/${encodeURIComponent(tag)}`,
    card: card && (await readFile(card.file, 'utf8')),
    files: made.files.filter(({ role }) => role === 'model'),
    metrics: made.facts.metrics.flatMap(({ name, value }) =>
      value === null ? [] : [{ name, value, dataset: 'test' }],
    ),
    progress: shell.progress,
    signal: shell.signal,
    ...(shell.delays && { delays: shell.delays }),
  });
  shell.print(`The copy on the Hub: ${url}\n`);
}
