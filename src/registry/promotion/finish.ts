import { messageOf, UserMistake } from '../../errors.ts';
import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import { listTagNames } from '../../github/tags.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { listPlacings } from '../ledger/queries.ts';
import { findOwnDeployment, isAnnounced } from './deployment.ts';
import { finishPlacing } from './placing.ts';
import type { FinishedPlacing, Scene } from './scene.ts';

/** What was finished, in order, and what could not be. */
export interface Finished {
  readonly placings: readonly FinishedPlacing[];
  /** Events whose tag or deployment is still missing, and why. */
  readonly left: readonly { readonly tag: string; readonly found: string }[];
}

/**
 * Finishes what earlier runs of a model began and did not bring to an end. Everything before a finished event is finished
 * too, because whoever finishes one begins with those before it; so only the newest events are looked at, and all whose
 * tag is missing. An old event that cannot be finished holds nothing up: going back must always be possible. `own` is
 * the event of this run: what is wrong with that one is thrown. `except` is the stage that a new event comes into next:
 * what that replaces is finished behind it, so that nobody deploys it for a moment.
 */
export async function finishPlacings(
  scene: Scene,
  ledger: Ledger,
  model: string,
  { own, except }: { readonly own?: PlacingEvent; readonly except?: string } = {},
): Promise<Finished> {
  const placings: FinishedPlacing[] = [];
  const left: { tag: string; found: string }[] = [];
  for (const event of await listUnfinished(scene, ledger, model)) {
    if (event.stage === except) continue;
    try {
      placings.push(await finishPlacing(scene, ledger, event));
    } catch (error) {
      if (event.id === own?.id || !(error instanceof UserMistake)) throw error;
      left.push({ tag: event.tag, found: messageOf(error) });
    }
  }
  return { placings, left };
}

/** Oldest first. */
async function listUnfinished(scene: Scene, ledger: Ledger, model: string): Promise<PlacingEvent[]> {
  const all = listPlacings(ledger, model).toReversed();
  if (all.length === 0) return [];
  const tags = await listTagNames(scene.client, scene.repository, `${model}#`);
  const known = new Set(tags.map(({ name }) => name));
  const unfinished: PlacingEvent[] = [];
  let open = true;
  for (const event of all) {
    if (known.has(event.tag)) {
      open = open && !(await isFinished(scene, event));
      if (!open) continue;
    }
    unfinished.push(event);
  }
  return unfinished.toReversed();
}

async function isFinished(scene: Scene, event: PlacingEvent): Promise<boolean> {
  const deployment = await findOwnDeployment(scene, event);
  return deployment !== undefined && (await isAnnounced(scene, deployment.id));
}
