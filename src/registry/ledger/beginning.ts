import { UserMistake } from '../../errors.ts';
import type { Client } from '../../github/client.ts';
import type { RepositoryName } from '../../github/repository.ts';
import { listTagNames, readAnnotatedTag } from '../../github/tags.ts';
import { parseStageTag, parseVersionTag } from '../versions/grammar.ts';
import { parseAnchor } from './anchor.ts';
import { LEDGER_BRANCH } from './ledger.ts';

/** Tags that are read: one of ours is enough, and GTO's may be many. */
const READ_AT_MOST = 10;

/**
 * Asks, before the first event of a ledger is written, whether there was a ledger before: a tag of ours remembers it. A
 * branch that somebody deleted must be restored, not begun anew. Costs a request, and two for each tag that is read.
 */
export async function requireBeginning(client: Client, repository: RepositoryName): Promise<void> {
  const names = (await listTagNames(client, repository, '')).map(({ name }) => name);
  const ours = names.filter((name) => parseVersionTag(name) ?? parseStageTag(name));
  for (const name of ours.slice(-READ_AT_MOST)) {
    const tag = await readAnnotatedTag(client, repository, name);
    const head = parseAnchor(tag?.message ?? '');
    if (head === undefined) continue;
    const found = `the ledger is gone: there is no event on the branch ${LEDGER_BRANCH}, and the tag ${name} remembers event ${head.sequence}`;
    const fix =
      'Restore the branch from a clone that read it: git push origin refs/modelgate/ledger:refs/heads/modelgate. ' +
      'The activity page of the repository on GitHub tells who deleted it, and which commit it was.';
    throw new UserMistake({ found, fix });
  }
}
