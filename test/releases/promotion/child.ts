import { createClient } from '../../../src/github/client.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { promote } from '../../../src/registry/promotion/promote.ts';
import { rollBack } from '../../../src/registry/promotion/rollback.ts';
import type { Scene } from '../../../src/registry/promotion/scene.ts';

/** What a process is told that promotes or rolls back, and may be killed while it does. */
export interface ChildOrder {
  readonly apiUrl: string;
  readonly token: string;
  readonly repository: Scene['repository'];
  readonly stages: Scene['stages'];
  readonly run: Scene['run'];
  readonly author: string;
  readonly version: string;
  readonly stage: string;
  readonly back: boolean;
}

const order = JSON.parse(process.argv[2] ?? '') as ChildOrder;
const { apiUrl, token, repository, stages, run, author, version, stage } = order;
const client = createClient({ token, apiUrl, delays: { second: 0 } });
const now = () => new Date();
const scene: Scene = {
  ...{ client, repository, stages, run, author, now, actor: 'ada' },
  ledger: openLedger(client, repository, { now }),
  verify: async () => [],
};
const about = { model: 'churn', stage, reason: 'Better', requestedBy: 'ada' };
if (order.back) await rollBack({ ...scene, asked: { ...about, to: version } });
else await promote({ ...scene, asked: { ...about, version } });
