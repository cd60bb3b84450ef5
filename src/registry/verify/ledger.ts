import { readBranchFiles } from '../../github/branch-files.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import { examineLedger, type LedgerFault, nameEventFile } from '../ledger/chain.ts';
import { gatherSurroundings } from '../ledger/gathering.ts';
import { LEDGER_BRANCH, type Ledger } from '../ledger/ledger.ts';
import { findLedgerFaults } from '../ledger/verification.ts';
import { type Check, fail, leaveOpen, pass } from './checks.ts';

/** How long a run may still be about to write the tag or the release of its event: a day. */
const UNDER_WAY_MS = 24 * 3_600_000;

export interface CheckLedger {
  readonly client: Client;
  readonly repository: Repository;
  /** A clone of the repository: there, one fetch tells all tags. */
  readonly clone?: { readonly folder: string; readonly signal?: AbortSignal | undefined } | undefined;
  readonly now: Date;
}

/**
 * Compares the ledger with itself, and with every tag, release and deployment that remembers it. Where there is no ledger,
 * nothing was compared, and that counts. An event without its tag or release is shown and does not count for a day: a run
 * may be on its way there. After that nobody can tell it from one whose tag or release was deleted, and it counts.
 */
export async function checkLedger({ client, repository, clone, now }: CheckLedger): Promise<Check[]> {
  const branch = await readBranchFiles(client, repository, LEDGER_BRANCH);
  const { ledger, faults } = examineLedger(branch?.files ?? new Map(), branch?.commit);
  const { anchors, facts } = await gatherSurroundings(client, repository, clone);
  const all = [...faults, ...findLedgerFaults(ledger, anchors, facts)];
  const checks = all.map((fault) => describeFault(fault, ledger, now));
  if (checks.some(({ counts }) => counts)) return checks;
  const text = 'is whole and unchanged';
  if (ledger.head === undefined) {
    const reason = `there is no event on the branch ${LEDGER_BRANCH} of ${repository.fullName}, and nothing remembers one: no version was published here yet, or everything was deleted`;
    return [leaveOpen('ledger', text, reason, true)];
  }
  const reason = `${ledger.events.length} events, and ${anchors.length} tags, releases and deployments that remember them`;
  return [...checks, pass('ledger', text, reason)];
}

function describeFault({ where, found, unfinished }: LedgerFault, { events }: Ledger, now: Date): Check {
  if (!unfinished) return fail(where, 'is what was written', found);
  const event = events.find(({ sequence }) => nameEventFile(sequence) === where);
  const age = now.getTime() - Date.parse(event?.created ?? '');
  const how =
    event?.kind === 'release'
      ? 'Run the publishing again: it finishes what it began'
      : 'The next promotion or rollback of the model finishes it';
  return leaveOpen(where, 'has its tag and its release', `it ${found}. ${how}`, !(Math.abs(age) < UNDER_WAY_MS));
}
