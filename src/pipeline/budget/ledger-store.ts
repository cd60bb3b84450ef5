import { UserMistake } from '../../errors.ts';
import type { LedgerDraft } from '../../evidence/schema/ledger.ts';
import { LEDGER_BRANCH, type Ledger, type LedgerStore } from '../../registry/ledger/ledger.ts';
import type { Account } from './question.ts';
import type { BudgetReader, BudgetStore, CountedVerdict } from './store.ts';

/** Who counts, as the ledger keeps it. */
export type Counter = Pick<LedgerDraft, 'actor' | 'run'>;

/** Reads what the ledger counted; a repository without a ledger has counted nothing yet. */
export function openLedgerReader(ledger: Pick<LedgerStore, 'read'>): BudgetReader {
  return { read: async (account) => listCounted(await ledger.read(), account) };
}

/**
 * Counts in the ledger, whose first verdict begins it where there is none. Writers at the same time follow one another, and
 * an event of the same id is never written twice, also where an answer of GitHub's was lost.
 */
export function openLedgerStore(ledger: LedgerStore, counter: Counter): BudgetStore {
  return {
    ...openLedgerReader(ledger),
    async count(verdict) {
      const appended = await ledger.append<never>(() => ({ append: composeEvent(verdict, counter) }));
      return listCounted(appended.ledger, verdict);
    },
  };
}

function listCounted({ events, newer = [] }: Ledger, { budget, model }: Account): string[] {
  if (newer.some(({ kind }) => kind === 'verdict')) {
    const found = `the branch ${LEDGER_BRANCH} has verdicts that a newer Modelgate counted`;
    throw new UserMistake({ found, fix: 'Update Modelgate.' });
  }
  return events.flatMap((event) =>
    event.kind === 'verdict' && event.budget === budget && event.model === model ? [event.id] : [],
  );
}

function composeEvent({ commit, ...verdict }: CountedVerdict, counter: Counter): LedgerDraft {
  if (commit === null) {
    const found = 'a verdict on files that are in no git repository cannot be counted in the ledger';
    throw new UserMistake({ found, fix: 'Judge a checkout.' });
  }
  return { kind: 'verdict', ...verdict, commit, ...counter };
}
