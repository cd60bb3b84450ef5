import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import {
  type Deployment,
  type DeploymentState,
  ensureDeployment,
  listDeploymentStates,
  listDeployments,
  setDeploymentState,
} from '../../github/deployments.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import type { Scene } from './scene.ts';

/** States that we only give before the deploy workflow was told. */
const BEFORE = ['queued', 'pending', 'in_progress'];

/** Makes the deployment of an event, or finds it. Its `ref` is the stage's tag, which no other deployment has. */
export async function ensureOwnDeployment(scene: Scene, event: PlacingEvent): Promise<Deployment> {
  const { model, version, stage, counter, sequence, tag } = event;
  const digest = computeEventDigest(event);
  return await ensureDeployment(scene.client, scene.repository, {
    ref: tag,
    environment: scene.stages.find(({ name }) => name === stage)?.environment ?? stage,
    description: `${model} ${version} in ${stage}`,
    payload: { model, version, stage, counter, ledger: { sequence, digest } },
    owns: (payload) => ownsPayload(payload, digest),
  });
}

/** The deployment of an event; undefined where it is not made yet. */
export async function findOwnDeployment(scene: Scene, event: PlacingEvent): Promise<Deployment | undefined> {
  const digest = computeEventDigest(event);
  const all = await listDeployments(scene.client, scene.repository, { ref: event.tag });
  const own = all.filter(({ payload }) => ownsPayload(payload, digest));
  return own.toSorted((a, b) => a.id - b.id)[0];
}

/** Whether the deploy workflow was told of a deployment. */
export async function isAnnounced({ client, repository }: Scene, id: number): Promise<boolean> {
  const states = await listDeploymentStates(client, repository, id);
  return states.some((state) => !BEFORE.includes(state));
}

/** Gives a deployment a state, with the run that placed the version. */
export async function markDeployment(
  { client, repository }: Scene,
  id: number,
  { run }: PlacingEvent,
  state: DeploymentState,
  description: string,
): Promise<void> {
  await setDeploymentState(client, repository, id, { state, description, logUrl: run?.url });
}

/** Anybody who may write can make a deployment with the same ref; ours names the event. */
function ownsPayload(payload: unknown, digest: string): boolean {
  if (typeof payload !== 'object' || payload === null || !('ledger' in payload)) return false;
  const { ledger } = payload;
  return typeof ledger === 'object' && ledger !== null && 'digest' in ledger && ledger.digest === digest;
}
