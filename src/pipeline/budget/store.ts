import type { Outcome } from '../../evidence/schema/envelope.ts';
import type { Account, Question } from './question.ts';

/** A verdict that is to be counted. */
export interface CountedVerdict extends Question, Account {
  /** See `nameQuestion`. */
  readonly id: string;
  /** Null outside of git. */
  readonly commit: string | null;
  readonly outcome: Outcome;
}

/** Tells what was counted: in the ledger, or in a file where there is none. */
export interface BudgetReader {
  /** The ids of the verdicts of a budget, each once and in order. Throws UserMistake where they cannot be read. */
  read(account: Account): Promise<readonly string[]>;
}

export interface BudgetStore extends BudgetReader {
  /**
   * Counts a verdict, unless it was counted before. Answers with all of its budget as it stands after that: where this one
   * is among them was settled when it was written, whoever else counted meanwhile. Throws UserMistake where it cannot.
   */
  count(verdict: CountedVerdict): Promise<readonly string[]>;
}
