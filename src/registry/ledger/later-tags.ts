import { UserMistake } from '../../errors.ts';
import type { Client } from '../../github/client.ts';
import type { RepositoryName } from '../../github/repository.ts';
import { readAnnotatedTag } from '../../github/tags.ts';
import { parseStageTag } from '../versions/grammar.ts';
import { parseAnchor } from './anchor.ts';
import { LEDGER_BRANCH, type Ledger } from './ledger.ts';
import { listPlacings } from './queries.ts';

/**
 * The tags of stages whose counter is above the ledger's newest for that stage. The tags must have been listed before the
 * ledger was read: an event comes before its tag, so what somebody promoted in between has none too many.
 */
export function listLaterTags(ledger: Pick<Ledger, 'events'>, tags: readonly string[]): string[] {
  return tags.filter((tag) => {
    const parsed = parseStageTag(tag);
    if (parsed === undefined) return false;
    const placings = listPlacings(ledger, parsed.model, parsed.stage);
    return placings.every(({ counter }) => counter < parsed.counter);
  });
}

/**
 * Throws UserMistake where a tag remembers an event that the ledger does not have: its newest events were cut off, and
 * nothing that it says of the stage can be believed. A tag without a line of ours is of another program, such as GTO, and
 * tells nothing. `read` answers with the message of a tag.
 */
export async function requireNothingLater(
  ledger: Pick<Ledger, 'events'>,
  tags: readonly string[],
  read: (tag: string) => Promise<string | undefined>,
): Promise<void> {
  for (const tag of listLaterTags(ledger, tags)) {
    const head = parseAnchor((await read(tag)) ?? '');
    if (head === undefined) continue;
    const found = `the tag ${tag} remembers event ${head.sequence} of the ledger, which does not have it`;
    const fix = `Events may have been cut off the branch ${LEDGER_BRANCH}. Run modelgate verify --ledger, and restore the branch before anything else.`;
    throw new UserMistake({ found, fix });
  }
}

/** Reads the message of a tag from GitHub; undefined of a lightweight one. Costs two requests. */
export function readMessages(client: Client, repository: RepositoryName) {
  return async (tag: string) => (await readAnnotatedTag(client, repository, tag))?.message;
}
