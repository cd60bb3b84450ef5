import type { PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Refusal } from './asked.ts';
import { type Concluded, conclude } from './conclusion.ts';
import { type AskedRollback, decideRollback, findNextCandidate, type RollbackDecision } from './decision-rollback.ts';
import { finishPlacings } from './finish.ts';
import { findOwn, nameEvent, type PlacingDecision, readLive, readWhole, refuseUnsound, writePlacing } from './place.ts';
import type { Scene } from './scene.ts';

export interface RollBackOptions extends Scene {
  readonly asked: AskedRollback;
}

/** As of a promotion; `rolled-back` instead of `promoted`, and no approval is waited for. */
export type RolledBack =
  | Concluded<'rolled-back'>
  | { readonly state: 'allowed'; readonly release: ReleaseEvent; readonly from: string }
  | Extract<RollbackDecision, { state: 'refused' }>;

/**
 * Takes a stage back to the last version that was healthy in it, or to one that is named and was there. A version that
 * does not verify is refused, and the next in line is told. Nothing is deleted: a new event and a new tag say what is
 * live now, and that what was left no longer counts as healthy. Run again after any interruption, it goes on.
 */
export async function rollBack(options: RollBackOptions): Promise<RolledBack> {
  const { asked } = options;
  const { model, stage, reason, requestedBy, triggeredBy } = asked;
  const before = await readWhole(options, model, stage);
  const id = nameEvent(options, { kind: 'rollback', model, stage });
  const own = findOwn(before, id);
  if (own !== undefined) return await conclude(options, before, own, 'rolled-back');
  const first = decideRollback(asked, options.stages, before);
  if (first.state === 'refused') return first;
  if (first.state === 'live') return await conclude(options, before, first.event, 'live');
  const { release, live } = first;
  const refusals = await refuseUnsound(options, release);
  if (refusals.length > 0) {
    const next = findNextCandidate(asked, live, [release.version], { stages: options.stages, ledger: before });
    return { state: 'refused', refusals: [...refusals, tellNext(asked, next)] };
  }
  if (options.dryRun) return { state: 'allowed', release, from: live.version };
  const earlier = await finishPlacings(options, before, model, { except: stage });
  const written = await writePlacing(options, { id, model, stage }, (ledger): PlacingDecision<PlacingEvent> => {
    const decision = decideRollback(asked, options.stages, ledger);
    // Whatever came in meanwhile is not what somebody wanted to leave, nor is this then the version to go back to.
    const same = decision.state === 'allowed' && decision.live.sequence === live.sequence;
    if (!same) return { stop: readLive(ledger, live) };
    const people = { requestedBy, triggeredBy, approvals: [] };
    return { place: { kind: 'rollback', release, stage, from: live.version, reason, ...people } };
  });
  if ('event' in written) return await conclude(options, written.ledger, written.event, 'rolled-back', earlier);
  return { state: 'refused', refusals: [tellMoved(written.stop)] };
}

function tellNext({ model, stage, to }: AskedRollback, next: string | undefined): Refusal {
  if (next === undefined) {
    const found = `no other version was healthy in ${stage}`;
    return { ground: 'version', found, fix: `Promote another version to ${stage} instead.` };
  }
  const found = `the ${to === undefined ? 'next' : 'newest other'} version that was healthy in ${stage} is ${next}`;
  const fix = `Go back to that one: modelgate rollback ${model} ${stage} --to ${next}.`;
  return { ground: 'version', found, fix };
}

function tellMoved({ version, stage, actor, created }: PlacingEvent): Refusal {
  const found = `${actor} put ${version} into ${stage} at ${created}, while this was being decided`;
  return { ground: 'changed', found, fix: 'Look at what is there now, and ask again if it must still go back.' };
}
