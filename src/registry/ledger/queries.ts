import type { HealthEvent, LedgerEvent, PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Ledger } from './ledger.ts';

type Events = Pick<Ledger, 'events'>;

/** The versions that were accepted, in order; of one model where asked. */
export function listReleaseEvents({ events }: Events, model?: string): ReleaseEvent[] {
  return events.filter(
    (event): event is ReleaseEvent => event.kind === 'release' && (model === undefined || event.model === model),
  );
}

/** The event of a version; undefined where the ledger has none. */
export function findReleaseEvent(ledger: Events, model: string, version: string): ReleaseEvent | undefined {
  return listReleaseEvents(ledger, model).find((event) => event.version === version);
}

/** Whether an event put a version into a stage. */
export function isPlacing(event: LedgerEvent): event is PlacingEvent {
  return event.kind === 'promotion' || event.kind === 'rollback';
}

/** Whether an event tells of a stage; of this one where asked. */
export function isOfStage(event: LedgerEvent, stage?: string): event is PlacingEvent | HealthEvent {
  return (isPlacing(event) || event.kind === 'health') && (stage === undefined || event.stage === stage);
}

/** What was put into the stages of a model, in order; into one stage where asked. */
export function listPlacings({ events }: Events, model: string, stage?: string): PlacingEvent[] {
  return events.filter(
    (event): event is PlacingEvent =>
      isPlacing(event) && event.model === model && (stage === undefined || event.stage === stage),
  );
}

/** What is in each stage of a model, or was at an instant: the newest placing event up to then. */
export function readStages(ledger: Events, model: string, at?: Date): Map<string, PlacingEvent> {
  const until = at?.getTime() ?? Number.POSITIVE_INFINITY;
  const placed = listPlacings(ledger, model).filter(({ created }) => Date.parse(created) <= until);
  return new Map(placed.map((event) => [event.stage, event] as const));
}

/**
 * The newest placing, into a stage, of a version that was healthy there and is not `except`. Healthy: nobody ever rolled
 * back from it in this stage, and no sign of trouble is newer than its last good one. Being placed is a good sign. Only
 * those that `admits` lets in are looked at.
 */
export function findLastHealthy(
  ledger: Events,
  model: string,
  stage: string,
  except: string,
  admits: (version: string) => boolean = () => true,
): PlacingEvent | undefined {
  return listPlacings(ledger, model, stage)
    .filter(({ version }) => version !== except && admits(version) && isHealthy(ledger, model, stage, version))
    .at(-1);
}

/** Whether everything that the ledger says of a version in a stage speaks for it. */
function isHealthy({ events }: Events, model: string, stage: string, version: string): boolean {
  let healthy = false;
  for (const event of events) {
    if (!isOfStage(event, stage) || event.model !== model) continue;
    if (event.kind === 'rollback' && event.from === version) return false;
    if (event.version === version) healthy = event.kind === 'health' ? event.healthy : true;
  }
  return healthy;
}

/** The models that the ledger speaks of, by code unit. */
export function listModels({ events }: Events): string[] {
  return [...new Set(events.map(({ model }) => model))].sort();
}

/**
 * The number that the next tag of a stage takes: one more than the highest that the ledger or a tag ever had, so that no
 * name is ever used twice. GTO's tags that empty a stage (`model#stage!#N`) count too.
 */
export function computeNextCounter(ledger: Events, model: string, stage: string, tags: readonly string[]): number {
  const prefix = `${model}#${stage}`;
  const ofTags = tags.map((tag) => (tag.startsWith(prefix) ? /^!?#(\d{1,9})$/.exec(tag.slice(prefix.length)) : null));
  const taken = [
    ...listPlacings(ledger, model, stage).map(({ counter }) => counter),
    ...ofTags.map((match) => Number(match?.[1] ?? 0)),
  ];
  return taken.reduce((highest, counter) => Math.max(highest, counter), 0) + 1;
}
