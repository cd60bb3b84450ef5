import type { Stage } from '../../config/stages.ts';
import type { PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import type { LedgerStore } from '../ledger/ledger.ts';
import type { Fault } from '../verify/checks.ts';
import type { ActingRun } from './asked.ts';

/** What promotions and rollbacks act with. */
export interface Scene {
  readonly client: Client;
  readonly repository: Repository;
  readonly ledger: LedgerStore;
  /** As modelgate.yml of the default branch has them. */
  readonly stages: readonly Stage[];
  /** Who acts; whoever asked may be another. */
  readonly actor: string;
  /** The run of the workflow; null on a laptop. */
  readonly run: ActingRun | null;
  /** The login of the token: whose issues and comments are ours. */
  readonly author: string;
  readonly now: () => Date;
  /** Checks a version before it is put anywhere; an empty list when nothing is wrong. */
  readonly verify: (event: ReleaseEvent) => Promise<readonly Fault[]>;
  /** Decides, and does nothing. */
  readonly dryRun?: boolean;
}

/** What placing a version came to, beyond the ledger. */
export interface FinishedPlacing {
  readonly event: PlacingEvent;
  /** The id of the GitHub deployment. */
  readonly deployment: number;
  /** Whether this run told the deploy workflow; false where one did before, or where the stage has moved on. */
  readonly dispatched: boolean;
  /** Where the incident issue of a rollback is; undefined of anything else, and where an earlier run was done with it. */
  readonly incident: string | undefined;
  /** What could not be done and does no harm: the incident issue. */
  readonly notices: readonly string[];
}
