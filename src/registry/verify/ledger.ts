import { readBranchFiles } from '../../github/branch-files.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import { examineLedger } from '../ledger/chain.ts';
import { gatherSurroundings } from '../ledger/gathering.ts';
import { LEDGER_BRANCH } from '../ledger/ledger.ts';
import { findLedgerFaults } from '../ledger/verification.ts';
import { type Check, fail, pass } from './checks.ts';

/** Compares the ledger with itself, and with every tag, release and deployment that remembers it. */
export async function checkLedger(client: Client, repository: Repository): Promise<Check[]> {
  const branch = await readBranchFiles(client, repository, LEDGER_BRANCH);
  const { ledger, faults } = examineLedger(branch?.files ?? new Map(), branch?.commit);
  const { anchors, facts } = await gatherSurroundings(client, repository);
  const all = [...faults, ...findLedgerFaults(ledger, anchors, facts)];
  if (all.length > 0) return all.map(({ where, found }) => fail(where, 'is what was written', found));
  const text = `${ledger.events.length} events, and ${anchors.length} tags, releases and deployments that remember them`;
  return [pass('ledger', 'is whole and unchanged', text)];
}
