import { UserMistake } from '../../errors.ts';
import type { Client } from '../../github/client.ts';
import { listReleases } from '../../github/releases.ts';
import type { RepositoryName } from '../../github/repository.ts';
import { listTagMessages } from '../../github/tag-messages.ts';
import { parseStageTag, parseVersionTag } from '../versions/grammar.ts';
import { parseAnchor } from './anchor.ts';
import { LEDGER_BRANCH } from './ledger.ts';

/**
 * Asks, before the first event of a ledger is written, whether there was a ledger before: a release or a tag of ours
 * remembers it. A branch that somebody deleted must be restored, not begun anew. Once in the life of a repository this
 * costs a request for each hundred releases, one for the names of the tags, and one for each tag in GTO's grammar, as those
 * of GTO's own could hide one of ours.
 */
export async function requireBeginning(client: Client, repository: RepositoryName): Promise<void> {
  for (const { tagName, body } of await listReleases(client, repository)) refuseAnchor(`the release ${tagName}`, body);
  const isOurs = (name: string) => (parseVersionTag(name) ?? parseStageTag(name)) !== undefined;
  const tags = await listTagMessages(client, repository, isOurs);
  for (const { name, message } of tags) refuseAnchor(`the tag ${name}`, message);
}

function refuseAnchor(where: string, text: string): void {
  const head = parseAnchor(text);
  if (head === undefined) return;
  const found = `the ledger is gone: there is no event on the branch ${LEDGER_BRANCH}, and ${where} remembers event ${head.sequence}`;
  const fix =
    'Restore the branch from a clone that read it: git push origin refs/modelgate/ledger:refs/heads/modelgate. ' +
    'The activity page of the repository on GitHub tells who deleted it, and which commit it was.';
  throw new UserMistake({ found, fix });
}
