import type { LedgerDraft, PlacingEvent, ReleaseEvent, StageApproval } from '../../evidence/schema/ledger.ts';
import { findReleaseByTag } from '../../github/releases.ts';
import { listTagNames } from '../../github/tags.ts';
import { readMessages, requireNothingLater } from '../ledger/later-tags.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { computeNextCounter, isPlacing, readStages } from '../ledger/queries.ts';
import { formatStageTag } from '../versions/grammar.ts';
import { type ActingRun, type Askers, listAskers, type Refusal } from './asked.ts';
import type { Scene } from './scene.ts';

/** What an event that places a version says beyond the ledger's own fields. */
export interface Placing extends Askers {
  readonly kind: PlacingEvent['kind'];
  readonly release: ReleaseEvent;
  readonly stage: string;
  readonly from: string | null;
  readonly reason: string;
  readonly approvals: readonly StageApproval[];
}

/** The promotion that any attempt of a run made, of a model into a stage. */
export function findPlaced(
  { events }: Pick<Ledger, 'events'>,
  run: Pick<ActingRun, 'id'>,
  model: string,
  stage: string,
): PlacingEvent | undefined {
  const placed = events.filter(isPlacing).filter((event) => event.kind === 'promotion' && event.run?.id === run.id);
  return placed.findLast((event) => event.model === model && event.stage === stage);
}

/** What is decided under the lock: to place a version, or to stop. */
export type PlacingDecision<T> = { readonly place: Placing } | { readonly stop: T };

type Subject = Pick<Placing, 'kind' | 'stage'> & { readonly model: string; readonly version?: string };

/**
 * The id of the event that a run writes: another attempt of the run finds it again. Undefined on a laptop, where nothing
 * tells a repetition from a new wish; there the ledger tells whether the version is in the stage already.
 */
export function nameEvent({ run }: Pick<Scene, 'run'>, { kind, model, stage, version }: Subject): string | undefined {
  return run === null ? undefined : [kind, run.id, model, stage, ...(version === undefined ? [] : [version])].join(':');
}

/** The event that an earlier attempt of this run wrote. */
export function findOwn({ events }: Ledger, id: string | undefined): PlacingEvent | undefined {
  const own = events.find((event) => event.id === id);
  return own !== undefined && isPlacing(own) ? own : undefined;
}

/**
 * Reads the ledger to decide on a stage. Throws UserMistake where a tag of that stage remembers more than the ledger does.
 */
export async function readWhole(scene: Scene, model: string, stage: string): Promise<Ledger> {
  const tags = await listStageTags(scene, model, stage);
  const ledger = await scene.ledger.read();
  await requireNothingLater(ledger, tags, readMessages(scene.client, scene.repository));
  return ledger;
}

/** All tags of a stage, those of other programs too. */
async function listStageTags({ client, repository }: Scene, model: string, stage: string): Promise<string[]> {
  const tags = await listTagNames(client, repository, `${model}#${stage}`);
  return tags.map(({ name }) => name).filter((name) => /^!?#/.test(name.slice(`${model}#${stage}`.length)));
}

/**
 * Writes the event that `decide` asks for, or stops with its answer. `decide` is asked under the ledger's lock, so the
 * counter of the event is drawn there too: above every one that the ledger or a tag ever had.
 */
export async function writePlacing<T>(
  scene: Scene,
  { id, model, stage }: { readonly id: string | undefined; readonly model: string; readonly stage: string },
  decide: (ledger: Ledger) => PlacingDecision<T>,
): Promise<{ readonly event: PlacingEvent; readonly ledger: Ledger } | { readonly stop: T }> {
  const { client, repository, ledger, actor, run } = scene;
  const tags = await listStageTags(scene, model, stage);
  const appended = await ledger.append<Stopped<T>>(async (now) => {
    await requireNothingLater(now, tags, readMessages(client, repository));
    const own = findOwn(now, id);
    if (own !== undefined) return { stop: { state: 'own', event: own } };
    const decision = decide(now);
    if ('stop' in decision) return { stop: { state: 'stop', answer: decision.stop } };
    const counter = computeNextCounter(now, model, stage, tags);
    const { kind, approvals, release, triggeredBy: _triggeredBy, ...rest } = decision.place;
    const [, ...others] = listAskers(decision.place);
    const common = {
      ...{ id: id ?? [kind, actor, model, stage, counter].join(':'), model, actor, run, counter },
      ...{ version: release.version, commit: release.commit, tag: formatStageTag(model, stage, counter) },
      ...rest,
      ...(others.length > 0 && { triggeredBy: others }),
    };
    const draft: LedgerDraft =
      kind === 'promotion' ? { kind, ...common, approvals: [...approvals] } : { kind, ...common };
    return { append: draft };
  });
  const stopped = 'stop' in appended ? appended.stop : appended;
  if ('answer' in stopped) return { stop: stopped.answer };
  const { event } = stopped;
  if (!isPlacing(event)) throw new Error(`The event ${event.id} is a ${event.kind}`);
  return { event, ledger: appended.ledger };
}

type Stopped<T> =
  | { readonly state: 'own'; readonly event: PlacingEvent }
  | { readonly state: 'stop'; readonly answer: T };

/** What stands in the way of a version that may come in otherwise: it must be published, and verify. */
export async function refuseUnsound(scene: Scene, release: ReleaseEvent): Promise<Refusal[]> {
  const faults = await scene.verify(release);
  return faults.map(({ subject, reason }) => ({
    ground: 'verification' as const,
    found: `${release.tag} does not verify: ${subject}: ${reason}`,
    fix: `See modelgate verify ${release.tag}; a version whose files were changed must never be used again.`,
  }));
}

/** Whether the release of a version is there for all to see. */
export async function isPublished({ client, repository }: Scene, release: ReleaseEvent | undefined): Promise<boolean> {
  return release !== undefined && (await findReleaseByTag(client, repository, release.tag)) !== undefined;
}

/** What is in the stage of an event: that one, or what replaced it. */
export function readLive(ledger: Ledger, event: PlacingEvent): PlacingEvent {
  return readStages(ledger, event.model).get(event.stage) ?? event;
}
