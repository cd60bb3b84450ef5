import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Finished, finishPlacings } from './finish.ts';
import { readLive } from './place.ts';
import type { Scene } from './scene.ts';

/** What a placing came to: `live` where the version is in the stage by another event, `replaced` where it has left. */
export interface Concluded<State extends string> {
  readonly state: State | 'live' | 'replaced';
  readonly event: PlacingEvent;
  readonly finished: Finished;
}

const NOTHING: Finished = { placings: [], left: [] };

/** Finishes everything of the model, up to the event. `earlier` is what was finished before. A dry run finishes nothing. */
export async function conclude<State extends string>(
  scene: Scene,
  ledger: Ledger,
  event: PlacingEvent,
  state: State,
  earlier: Finished = NOTHING,
): Promise<Concluded<State>> {
  const { placings, left } = scene.dryRun ? NOTHING : await finishPlacings(scene, ledger, event.model, { own: event });
  const finished = { placings: [...earlier.placings, ...placings], left };
  const live = readLive(ledger, event);
  if (live.sequence === event.sequence) return { state, event, finished };
  return live.version === event.version
    ? { state: 'live', event: live, finished }
    : { state: 'replaced', event, finished };
}
