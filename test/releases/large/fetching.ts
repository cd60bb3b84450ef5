import { createClient } from '../../../src/github/client.ts';
import type { Repository } from '../../../src/github/repository.ts';
import { SILENT } from '../../../src/progress.ts';
import { fetchVersion } from '../../../src/registry/fetch/fetch.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { findReleaseEvent } from '../../../src/registry/ledger/queries.ts';

/** What a child process fetches. It begins when it is told to. */
export interface FetchOrder {
  readonly apiUrl: string;
  readonly token: string;
  readonly repository: Repository;
  readonly version: string;
  /** Where to. */
  readonly folder: string;
}

/** What came of it, with the most memory that the process ever had. Bytes. */
export interface FetchOutcome {
  readonly downloaded: number;
  readonly memory: number;
}

process.on('message', async ({ apiUrl, token, repository, version, folder }: FetchOrder) => {
  const now = () => new Date();
  const client = createClient({ token, apiUrl, delays: { second: 0 } });
  const event = findReleaseEvent(await openLedger(client, repository, { now }).read(), 'churn', version);
  if (event === undefined) throw new Error(`There is no ${version}`);
  const { downloaded } = await fetchVersion({ client, repository, event, folder, now, progress: SILENT });
  const outcome: FetchOutcome = { downloaded, memory: process.resourceUsage().maxRSS * 1024 };
  process.send?.(outcome, () => process.disconnect());
});
process.send?.('ready');
