import type { Outcome } from '../evidence/schema/envelope.ts';

/** What a control came to, and why, in words for a reader. */
export interface Finding {
  readonly outcome: Outcome;
  readonly reason: string;
}
