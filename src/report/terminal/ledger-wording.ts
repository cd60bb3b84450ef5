import type { LedgerEvent } from '../../evidence/schema/ledger.ts';

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

/** What an event did, in a word or two. */
export function describeEvent(event: LedgerEvent): string {
  if (event.kind === 'release') return event.prerelease ? 'pre-release' : 'release';
  if (event.kind === 'health') return event.healthy ? 'healthy' : 'unhealthy';
  return event.kind;
}
