import type { ReleaseEvent } from '../evidence/schema/ledger.ts';
import type { Client } from '../github/client.ts';
import { listReleases } from '../github/releases.ts';
import type { Repository } from '../github/repository.ts';
import { listTagNames } from '../github/tags.ts';
import type { LedgerStore } from './ledger/ledger.ts';
import { type Reference, resolveReference } from './reference.ts';
import { isWithdrawn } from './versions/withdrawal.ts';

/** A version that was asked for. */
export interface FoundVersion {
  readonly event: ReleaseEvent;
  /** Whether a tag of GTO's took it back. Only of a version that was named in full, or that is in a stage. */
  readonly withdrawn: boolean;
}

/**
 * Finds the version that is meant: what `resolveReference` says of the releases, the tags and the ledger of a repository.
 * Costs a request for each hundred releases, one for the tags of the model, and what the ledger takes.
 */
export async function findVersion(
  place: { readonly client: Client; readonly repository: Repository; readonly ledger: LedgerStore },
  reference: Reference,
): Promise<FoundVersion> {
  const { client, repository, ledger } = place;
  const [releases, names] = await Promise.all([
    listReleases(client, repository),
    listTagNames(client, repository, reference.model),
  ]);
  const tags = new Set(names.map(({ name }) => name));
  // The ledger last: whatever a tag or a release tells was written there before them.
  const event = resolveReference(reference, await ledger.read(), releases, tags);
  return { event, withdrawn: isWithdrawn(event.tag, tags) };
}
