import type { Stage } from '../../config/stages.ts';
import { suggest } from '../../config/suggestion.ts';
import type { PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findLastHealthy, findReleaseEvent, isOfStage, listPlacings, readStages } from '../ledger/queries.ts';
import type { Askers, Refusal } from './asked.ts';
import { refusePrerelease, refuseStage } from './decision.ts';

/** A rollback that somebody wants. */
export interface AskedRollback extends Askers {
  readonly model: string;
  readonly stage: string;
  /** `v1.3.0`; without it the last version that was healthy there. */
  readonly to?: string | undefined;
  readonly reason: string;
  /** When it was asked for: what came into the stage later was not meant. */
  readonly since?: Date | undefined;
}

/** `live`: the version that was asked for is there already. */
export type RollbackDecision =
  | { readonly state: 'allowed'; readonly live: PlacingEvent; readonly release: ReleaseEvent }
  | { readonly state: 'live'; readonly event: PlacingEvent }
  | { readonly state: 'refused'; readonly refusals: readonly Refusal[] };

/** Decides where a stage goes back to. Every reason against it at once. */
export function decideRollback(asked: AskedRollback, stages: readonly Stage[], ledger: Ledger): RollbackDecision {
  const { model, stage } = asked;
  const live = readStages(ledger, model).get(stage);
  // What modelgate.yml no longer names can still have to go back.
  const known = live !== undefined || stages.some(({ name }) => name === stage);
  if (live !== undefined && asked.to === live.version) return { state: 'live', event: live };
  const admits = admitVersions(asked, stages, ledger);
  const release = live && findTarget(asked, live, ledger, admits);
  const refusals: Refusal[] = [
    ...(asked.reason.trim() === '' ? [{ ground: 'reason' as const, ...NO_REASON }] : []),
    ...(known ? [] : [refuseStage(asked, stages)]),
    ...(known && live === undefined ? [refuseEmpty(asked)] : []),
    ...(live !== undefined && isLater(live, asked.since) ? [refuseChange(live)] : []),
    ...(live !== undefined && release === undefined ? [refuseTarget(asked, live, ledger, admits)] : []),
    ...(release !== undefined && !admits(release.version) ? [refusePrerelease(release, stage)] : []),
  ];
  if (refusals.length > 0 || live === undefined || release === undefined) return { state: 'refused', refusals };
  return { state: 'allowed', live, release };
}

const NO_REASON = { found: 'a rollback needs a reason', fix: 'Say why, with --reason (the input `reason`).' };

function findTarget(
  { model, stage, to }: AskedRollback,
  live: PlacingEvent,
  ledger: Ledger,
  admits: Admits,
): ReleaseEvent | undefined {
  const placed = listPlacings(ledger, model, stage);
  const version = to ?? findLastHealthy(ledger, model, stage, live.version, admits)?.version;
  if (version === undefined || !placed.some((event) => event.version === version)) return undefined;
  return findReleaseEvent(ledger, model, version);
}

/** Pre-releases are let in only where modelgate.yml says so of the stage; what it no longer names takes none. */
function admitVersions({ model, stage }: Place, stages: readonly Stage[], ledger: Ledger) {
  const open = stages.some(({ name, prereleases }) => name === stage && prereleases);
  return (version: string) => open || findReleaseEvent(ledger, model, version)?.prerelease !== true;
}

type Admits = ReturnType<typeof admitVersions>;
type Place = Pick<AskedRollback, 'model' | 'stage'>;

/** The version that comes next in line where those were refused; undefined where there is none. */
export function findNextCandidate(
  asked: Place,
  live: PlacingEvent,
  refused: readonly string[],
  { stages, ledger }: { readonly stages: readonly Stage[]; readonly ledger: Ledger },
): string | undefined {
  const { model, stage } = asked;
  // What was refused stands aside like what is live; from where a rollback left must stay known.
  const events = ledger.events.map((event) => {
    const aside = isOfStage(event, stage) && refused.includes(event.version);
    return aside ? { ...event, version: live.version } : event;
  });
  const admits = admitVersions(asked, stages, ledger);
  return findLastHealthy({ ...ledger, events }, model, stage, live.version, admits)?.version;
}

function isLater({ created }: PlacingEvent, since: Date | undefined): boolean {
  return since !== undefined && Date.parse(created) > since.getTime();
}

function refuseEmpty({ model, stage }: AskedRollback): Refusal {
  const found = `nothing of ${model} was ever put into ${stage}`;
  return { ground: 'version', found, fix: 'There is nothing to go back from.' };
}

function refuseChange({ version, stage, created, actor, kind }: PlacingEvent): Refusal {
  const found = `${actor} put ${version} into ${stage} by a ${kind} at ${created}, after this was asked for`;
  return { ground: 'changed', found, fix: 'Look at what is there now, and ask again if it must still go back.' };
}

function refuseTarget(
  { model, stage, to }: AskedRollback,
  live: PlacingEvent,
  ledger: Ledger,
  admits: Admits,
): Refusal {
  const others = listPlacings(ledger, model, stage).map(({ version }) => version);
  const known = [...new Set(others)].filter((version) => version !== live.version && admits(version));
  if (to !== undefined) {
    const fix = known.length > 0 ? suggest(to, known) : `Only ${live.version} ever was.`;
    return { ground: 'version', found: `${model}@${to} was never in ${stage}`, fix };
  }
  const found = `no version but ${live.version} was ever healthy in ${stage}`;
  const fix =
    known.length > 0
      ? `Name one that was there with --to: ${known.join(', ')}. Each was left for a reason; see modelgate history.`
      : `Promote another version to ${stage} instead.`;
  return { ground: 'version', found, fix };
}
