import type { ReleaseEvent, StageApproval } from '../../evidence/schema/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findReleaseEvent } from '../ledger/queries.ts';
import { type Agreement, countAgreement } from './agreement.ts';
import type { ActingRun, AskedPromotion } from './asked.ts';
import { type Concluded, conclude } from './conclusion.ts';
import { decidePromotion, type PromotionDecision } from './decision.ts';
import { finishPlacings } from './finish.ts';
import { type AgreementQuestion, readAgreementFacts } from './people.ts';
import {
  findOwn,
  isPublished,
  nameEvent,
  type PlacingDecision,
  readWhole,
  refuseUnsound,
  writePlacing,
} from './place.ts';
import type { Scene } from './scene.ts';

export interface PromoteOptions extends Scene {
  readonly asked: AskedPromotion;
  /** Who agreed by a comment on the issue of the request. */
  readonly given?: readonly StageApproval[];
  /** The run, and the attempt of it, that asked, where this one only goes on: its environment’s reviewers may have agreed. */
  readonly askedIn?: ActingRun;
  readonly people?: Pick<AgreementQuestion, 'folder' | 'codeOwners' | 'teamClient'>;
}

type Refused = Extract<PromotionDecision, { state: 'refused' }>;

/**
 * `promoted`: this run put it there, in this attempt or an earlier one. `live`: it was there already. `replaced`: this run
 * put it there before, and another version came in since. `allowed`: what a dry run ends with. `refused`: nothing was
 * written; `waits` says how the approval is given that alone is missing.
 */
export type Promoted =
  | Concluded<'promoted'>
  | { readonly state: 'allowed'; readonly release: ReleaseEvent; readonly from: string | null }
  | Refused;

/**
 * Puts a version into a stage: decides, finishes what earlier runs left, verifies the version, writes the event, then
 * tag, deployment and dispatch. Run again after any interruption, it goes on where it stopped. Throws UserMistake only
 * where GitHub or the ledger cannot be asked.
 */
export async function promote(options: PromoteOptions): Promise<Promoted> {
  const { asked } = options;
  const { model, stage } = asked;
  const before = await readWhole(options, model, stage);
  const id = nameEvent(options, { kind: 'promotion', ...asked });
  const own = findOwn(before, id);
  if (own !== undefined) return await conclude(options, before, own, 'promoted');
  const published = await isPublished(options, findReleaseEvent(before, model, asked.version));
  const agreement = await readAgreement(options);
  const decide = (ledger: Ledger) => {
    return decidePromotion(asked, { published, agreement, ledger, stages: options.stages, now: options.now() });
  };
  const first = decide(before);
  if (first.state === 'refused') return first;
  if (first.state === 'live') return await conclude(options, before, first.event, 'live');
  const refusals = await refuseUnsound(options, first.release);
  if (refusals.length > 0) return { state: 'refused', refusals, waits: undefined };
  if (options.dryRun) return { state: 'allowed', release: first.release, from: first.from };
  const earlier = await finishPlacings(options, before, model, { except: stage });
  const written = await writePlacing(
    options,
    { id, model, stage },
    (ledger): PlacingDecision<Exclude<PromotionDecision, { state: 'allowed' }>> => {
      const decision = decide(ledger);
      if (decision.state !== 'allowed') return { stop: decision };
      const approvals = agreement.state === 'given' ? agreement.approvals : [];
      const { reason, requestedBy, triggeredBy } = asked;
      const { release, from } = decision;
      return { place: { kind: 'promotion', release, stage, from, reason, requestedBy, triggeredBy, approvals } };
    },
  );
  if ('event' in written) return await conclude(options, written.ledger, written.event, 'promoted', earlier);
  if (written.stop.state === 'refused') return written.stop;
  return await conclude(options, await options.ledger.read(), written.stop.event, 'live', earlier);
}

/** A stage that modelgate.yml does not have asks nobody: that it is not there is told with the rest. */
async function readAgreement(options: PromoteOptions): Promise<Agreement> {
  const { asked, client, repository, given = [], people = {} } = options;
  const run = options.askedIn ?? options.run;
  const stage = options.stages.find(({ name }) => name === asked.stage);
  if (stage === undefined) return { state: 'needless' };
  const facts = await readAgreementFacts(client, { repository, stage, run, given, ...people });
  return countAgreement(stage, asked, facts);
}
