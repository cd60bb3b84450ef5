import type { Accounts } from './accounts.ts';

/** What everything on the local GitHub shares. */
export interface World {
  /** Of the REST API, without a slash at its end. */
  readonly apiUrl: string;
  /** Of pages and of git. */
  readonly serverUrl: string;
  readonly accounts: Accounts;
  now(): Date;
  /** One after the other, never the same twice, whatever for. */
  nextId(): number;
}

/** A time as GitHub writes it: whole seconds, UTC. */
export function writeTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
