import type { LedgerDraft, LedgerEvent, LedgerHead } from '../../evidence/schema/ledger.ts';

/** The branch that holds the ledger: an orphan, one JSON file an event. */
export const LEDGER_BRANCH = 'modelgate';

/** An event that a newer version wrote: it counts in the chain, and readers pass it over. */
export interface NewerEvent {
  readonly sequence: number;
  readonly id: string;
  readonly kind: string;
  /** `sha256:…`, of its bytes. */
  readonly digest: string;
}

/** The ledger as it was read: whole, and in order. */
export interface Ledger {
  readonly events: readonly LedgerEvent[];
  /** What this version cannot read. */
  readonly newer?: readonly NewerEvent[];
  /** Undefined of an empty one. */
  readonly head: LedgerHead | undefined;
  /** The commit of the branch; undefined where there is no branch yet. */
  readonly commit: string | undefined;
}

/** What an author decides on the ledger as it stands: an event to write, or an answer that needs none. */
export type Decision<T> = { readonly append: LedgerDraft } | { readonly stop: T };

/** What came of it. `appended` is false where an event of the same id was there already. */
export type Appended<T> =
  | { readonly event: LedgerEvent; readonly head: LedgerHead; readonly ledger: Ledger; readonly appended: boolean }
  | { readonly stop: T; readonly ledger: Ledger };

/** A ledger that can be read and written. */
export interface LedgerStore {
  /** Reads it whole. Throws UserMistake when it cannot be read or its chain is broken. */
  read(): Promise<Ledger>;
  /**
   * Writes one event behind all others, or none. `decide` is asked again whenever somebody else was faster, each time
   * on the ledger as it then stands; so numbers that it draws from the ledger are never given twice.
   */
  append<T>(decide: (ledger: Ledger) => Decision<T> | Promise<Decision<T>>): Promise<Appended<T>>;
}
