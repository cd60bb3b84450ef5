import { readFileSync } from 'node:fs';
import { createClient } from '../../../src/github/client.ts';
import type { Repository } from '../../../src/github/repository.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import type { Package } from '../../../src/registry/package/package.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { composeOptions } from '../../registry/publish/packages.ts';

/** What a child process publishes. It begins when it is told to, so that starting up is not part of it. */
export interface Order {
  readonly apiUrl: string;
  readonly token: string;
  readonly repository: Repository;
  /** A file with the package as JSON. */
  readonly made: string;
  readonly partBytes?: number;
}

/** What it came to, with the most memory that the process ever had, in bytes. */
export interface Outcome {
  readonly state: string;
  readonly version: string;
  readonly memory: number;
  readonly sent: number;
}

process.on('message', async ({ apiUrl, token, repository, made, partBytes }: Order) => {
  const client = createClient({ token, apiUrl, delays: { second: 0 } });
  const ledger = openLedger(client, repository, { now: () => new Date() });
  const options = composeOptions(JSON.parse(readFileSync(made, 'utf8')) as Package);
  const published = await publishVersion({ ...options, client, repository, ledger, partBytes });
  const { state, version } = published;
  const sent = 'sent' in published ? published.sent.bytes : 0;
  const outcome: Outcome = { state, version, sent, memory: process.resourceUsage().maxRSS * 1024 };
  process.send?.(outcome, () => process.disconnect());
});
process.send?.('ready');
