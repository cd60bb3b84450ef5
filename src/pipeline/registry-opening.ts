import { type Client, createClient } from '../github/client.ts';
import { readOriginName, readRepositoryByName } from '../github/remote.ts';
import { parseRepositoryName, type Repository } from '../github/repository.ts';
import { openLedger } from '../registry/ledger/branch-ledger.ts';
import type { LedgerStore } from '../registry/ledger/ledger.ts';

/** The registry as far as a baseline is looked up in it. */
export interface BaselineRegistry {
  readonly client: Client;
  readonly repository: Repository;
  readonly ledger: Pick<LedgerStore, 'read'>;
}

interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** A folder of the clone. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/**
 * Opens the registry of GITHUB_REPOSITORY, or of the remote `origin`, with GITHUB_TOKEN or GH_TOKEN where there is one: a
 * public repository can be read without. Undefined where nothing names a repository of GitHub's. Throws UserMistake when
 * it cannot be asked.
 */
export async function openRunRegistry(surroundings: Surroundings): Promise<BaselineRegistry | undefined> {
  const { environment, folder, signal, now } = surroundings;
  const given = environment['GITHUB_REPOSITORY'];
  const name = given ? parseRepositoryName(given) : await readOriginName(folder);
  if (!name) return undefined;
  const token = environment['GITHUB_TOKEN'] || environment['GH_TOKEN'] || undefined;
  const client = createClient({ token, apiUrl: environment['GITHUB_API_URL'] || 'https://api.github.com', signal });
  const repository = await readRepositoryByName(client, name);
  return { client, repository, ledger: openLedger(client, repository, { now }) };
}
