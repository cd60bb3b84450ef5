import { findReleaseByTag } from '../../github/releases.ts';
import { listReleaseEvents } from '../ledger/queries.ts';
import { isOwn } from './event.ts';
import type { PublishOptions } from './options.ts';

export type PublishedQuestion = Pick<PublishOptions, 'client' | 'repository' | 'ledger' | 'package' | 'prerelease'>;

/** Whether the content of a package is a version already: publishing would say so, and do nothing. */
export async function isPublished(question: PublishedQuestion): Promise<boolean> {
  const { client, repository, ledger, package: made } = question;
  const events = listReleaseEvents(await ledger.read(), made.model).filter((event) => isOwn(event, question));
  for (const { tag } of events) {
    if ((await findReleaseByTag(client, repository, tag)) !== undefined) return true;
  }
  return false;
}
