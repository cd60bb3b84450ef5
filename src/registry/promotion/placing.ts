import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import { sendDispatch } from '../../github/dispatches.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { listPlacings, readStages } from '../ledger/queries.ts';
import { ensureOwnDeployment, findOwnDeployment, isAnnounced, markDeployment } from './deployment.ts';
import { openIncident } from './incident.ts';
import type { FinishedPlacing, Scene } from './scene.ts';
import { ensureStageTag } from './tag.ts';

/** The event by which deploy workflows learn of a placing. */
export const DISPATCH = 'modelgate-promoted';

/**
 * Brings an event of the ledger to its end, wherever it stopped: tag, deployment, dispatch, and last the status `success`,
 * which says that all of it is done. So the dispatch is sent at least once, and receivers know a repetition by its
 * counter. What another placing has replaced already is not announced: it must not be deployed any more.
 */
export async function finishPlacing(scene: Scene, ledger: Ledger, event: PlacingEvent): Promise<FinishedPlacing> {
  await ensureStageTag(scene, event);
  const { id } = await ensureOwnDeployment(scene, event);
  const done = await isAnnounced(scene, id);
  if (done) return { event, deployment: id, dispatched: false, incident: undefined, notices: [] };
  const replaced = findReplacement(ledger, event);
  if (replaced !== undefined) {
    const incident = await openIncident(scene, event, id);
    await endPrevious(scene, ledger, event);
    await markDeployment(scene, id, event, 'inactive', `Replaced by ${replaced.version} before it was announced`);
    return { event, deployment: id, dispatched: false, ...incident };
  }
  await markDeployment(scene, id, event, 'in_progress', 'The ledger and the tag are written');
  await sendDispatch(scene.client, scene.repository, DISPATCH, describeDispatch(scene, event, id));
  const incident = await openIncident(scene, event, id);
  await endPrevious(scene, ledger, event);
  await markDeployment(scene, id, event, 'success', `${event.version} is in ${event.stage}`);
  await giveWay(scene, event, id);
  return { event, deployment: id, dispatched: true, ...incident };
}

/** Ten keys at most. */
function describeDispatch({ repository }: Scene, event: PlacingEvent, deployment: number): Record<string, unknown> {
  const { model, version, stage, counter, from, commit, sequence, kind } = event;
  return {
    ...{ model, version, stage, counter, commit, deployment },
    previous: from,
    ledger: { sequence, digest: computeEventDigest(event) },
    rollback: kind === 'rollback',
    repository: repository.fullName,
  };
}

/** What stands in the stage instead of an event's version; undefined while it is the newest. */
function findReplacement(ledger: Ledger, event: PlacingEvent): PlacingEvent | undefined {
  const newest = readStages(ledger, event.model).get(event.stage);
  return newest !== undefined && newest.sequence > event.sequence ? newest : undefined;
}

/** Ends what stood there before: GitHub would end every deployment of the environment, those of other models too. */
async function endPrevious(scene: Scene, ledger: Ledger, event: PlacingEvent): Promise<void> {
  const before = listPlacings(ledger, event.model, event.stage).filter(({ sequence }) => sequence < event.sequence);
  const previous = before.at(-1);
  const deployment = previous && (await findOwnDeployment(scene, previous));
  if (!previous || !deployment) return;
  await markDeployment(scene, deployment.id, previous, 'inactive', `Replaced by ${event.version}`);
}

/** Whoever came in meanwhile has ended this deployment, perhaps just before it was marked: whoever looks last is right. */
async function giveWay(scene: Scene, event: PlacingEvent, id: number): Promise<void> {
  const replaced = findReplacement(await scene.ledger.read(), event);
  if (replaced) await markDeployment(scene, id, event, 'inactive', `Replaced by ${replaced.version}`);
}
