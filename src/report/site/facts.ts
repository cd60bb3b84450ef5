import type { HealthEvent, LedgerEvent, LedgerHead, PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';

/**
 * What became of a version: `listed` is the rule; `withdrawn` was taken back by a tag of GTO's; `unfinished` stands in the
 * ledger, and its release is not published.
 */
export type VersionState = 'listed' | 'withdrawn' | 'unfinished';

export interface SiteVersion {
  readonly event: ReleaseEvent;
  readonly state: VersionState;
}

/** One stage of a model; nothing happened in one that was never filled. */
export interface SiteStage {
  readonly name: string;
  /** Oldest first. */
  readonly events: readonly (PlacingEvent | HealthEvent)[];
}

export interface SiteModel {
  readonly name: string;
  /** Oldest first. */
  readonly versions: readonly SiteVersion[];
  /** In the order of modelgate.yml, where it is known. */
  readonly stages: readonly SiteStage[];
}

/** Everything that a site shows, as it was read from the ledger. */
export interface SiteFacts {
  /** What the site is called. */
  readonly title: string;
  /** `owner/name` */
  readonly repository: string;
  /** The address of the repository, such as `https://github.com/octo/zoo`. */
  readonly address: string;
  /** The address of the ledger’s folder of events; undefined where there is no ledger yet. */
  readonly events: string | undefined;
  /** When the site was built. RFC 3339, UTC. */
  readonly built: string;
  /** Such as `modelgate 0.1.0`. */
  readonly tool: string;
  readonly head: LedgerHead | undefined;
  /** Events that a newer version wrote, and this one cannot read. */
  readonly unread: number;
  /** Sorted by name. */
  readonly models: readonly SiteModel[];
  /** The newest events of all models, newest first. */
  readonly recent: readonly LedgerEvent[];
}

/** The newest version that was published; undefined where none was. */
export function findNewest({ versions }: SiteModel): ReleaseEvent | undefined {
  return versions.findLast(({ state }) => state !== 'unfinished')?.event;
}

/** The placing that a stage holds now; undefined of one that was never filled. */
export function findLive(stage: SiteStage): PlacingEvent | undefined {
  return stage.events.findLast((event): event is PlacingEvent => event.kind !== 'health');
}

/** Whether the version of a placing was last seen unhealthy in its stage. */
export function findSickness(stage: SiteStage, live: PlacingEvent): HealthEvent | undefined {
  const last = stage.events.findLast(
    (event): event is HealthEvent =>
      event.kind === 'health' && event.version === live.version && event.sequence > live.sequence,
  );
  return last?.healthy === false ? last : undefined;
}

/** The stages that hold a version now. */
export function listLiveStages(model: SiteModel, version: string): string[] {
  return model.stages.filter((stage) => findLive(stage)?.version === version).map(({ name }) => name);
}
