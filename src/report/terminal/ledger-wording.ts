import type { LedgerEvent } from '../../evidence/schema/ledger.ts';
import { OUTCOME_WORDING } from '../wording.ts';

/** How a table of the ledger is shown. */
export interface LedgerView {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The instant that is asked about; now without. */
  readonly at: Date | undefined;
}

/** `2026-03-01 09:00`, in UTC. */
export function formatMinute(instant: string): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}

/** Why, as whoever acted said it; of a verdict, what it was counted under. */
export function describeReason(event: LedgerEvent): string {
  if (event.kind === 'verdict') return `counted under the budget ${event.budget}`;
  return 'reason' in event ? event.reason : '';
}

/** What an event did, in a word or two. */
export function describeEvent(event: LedgerEvent): string {
  if (event.kind === 'release') return event.prerelease ? 'pre-release' : 'release';
  if (event.kind === 'health') return event.healthy ? 'healthy' : 'unhealthy';
  if (event.kind === 'verdict') return `verdict: ${OUTCOME_WORDING[event.outcome].word}`;
  return event.kind;
}
