import type { Ledger } from '../ledger/ledger.ts';
import { listPlacings } from '../ledger/queries.ts';

/** How a version stood in a stage. */
export interface Stay {
  /** Whether it ever came in. */
  readonly entered: boolean;
  /** Whether it is there now. */
  readonly present: boolean;
  /** Whether the last that happened to it there is that somebody rolled back from it. */
  readonly abandoned: boolean;
  /** Seconds that it was there, all times together, since it was last abandoned. */
  readonly seconds: number;
}

/**
 * How long a version was in a stage, by the events that placed one there: each ends the stay of the one before. A clock
 * that ran backwards between two events counts as no time.
 */
export function computeStay(ledger: Ledger, model: string, stage: string, version: string, now: Date): Stay {
  const placings = listPlacings(ledger, model, stage);
  let stay: Stay = { entered: false, present: false, abandoned: false, seconds: 0 };
  for (const [index, event] of placings.entries()) {
    if (event.kind === 'rollback' && event.from === version && event.version !== version) {
      stay = { ...stay, abandoned: true, present: false, seconds: 0 };
    }
    if (event.version !== version) continue;
    const next = placings[index + 1];
    const end = next === undefined ? now.getTime() : Date.parse(next.created);
    const seconds = stay.seconds + Math.max(0, (end - Date.parse(event.created)) / 1000);
    stay = { entered: true, present: next === undefined, abandoned: false, seconds };
  }
  return stay;
}
