import { UserMistake } from '../errors.ts';
import { openLedgerStore } from '../pipeline/budget/ledger-store.ts';
import type { BudgetStore } from '../pipeline/budget/store.ts';
import type { Shell } from './shell.ts';

/**
 * What counts the verdicts of a step that decides in one job: the ledger of the repository, with the token of the step's
 * environment. Throws UserMistake where there is none, and where GitHub cannot be asked.
 */
export function openStepBudget(shell: Shell): () => Promise<BudgetStore> {
  let opened: Promise<BudgetStore> | undefined;
  return () => {
    opened ??= open(shell);
    return opened;
  };
}

async function open(shell: Shell): Promise<BudgetStore> {
  const { environment } = shell;
  const token = environment['GITHUB_TOKEN'] || environment['GH_TOKEN'];
  if (!token) {
    const found = 'the step has no token to read and to write the ledger with';
    throw new UserMistake({ found, fix: 'Give it GITHUB_TOKEN in `env`, and the job contents: write.' });
  }
  // Loaded when there is something to count: the client of GitHub is large.
  const { openRegistry } = await import('./release/opening.ts');
  const { ledger, actor, run } = await openRegistry(token, shell);
  return openLedgerStore(ledger, { actor, run });
}
