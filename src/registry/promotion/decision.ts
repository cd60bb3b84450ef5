import type { Stage } from '../../config/stages.ts';
import { suggest } from '../../config/suggestion.ts';
import type { PlacingEvent, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findReleaseEvent, listReleaseEvents, readStages } from '../ledger/queries.ts';
import type { Agreement } from './agreement.ts';
import type { AskedPromotion, Refusal } from './asked.ts';
import { judgeControls } from './decision-controls.ts';
import { judgeWay } from './decision-way.ts';

/** All that a promotion is decided on. */
export interface PromotionFacts {
  readonly stages: readonly Stage[];
  readonly ledger: Ledger;
  /** Whether the release of the version is there and published. */
  readonly published: boolean;
  readonly agreement: Agreement;
  readonly now: Date;
}

/**
 * `live`: it is there already, and nothing is to be done. `refused`: with every reason at once; `waits` where an approval
 * is all that is missing, and says how it is given.
 */
export type PromotionDecision =
  | { readonly state: 'allowed'; readonly release: ReleaseEvent; readonly stage: Stage; readonly from: string | null }
  | { readonly state: 'live'; readonly event: PlacingEvent }
  | {
      readonly state: 'refused';
      readonly refusals: readonly Refusal[];
      readonly waits: 'environment' | 'issue' | undefined;
    };

/** Decides whether a version may come into a stage now. */
export function decidePromotion(asked: AskedPromotion, facts: PromotionFacts): PromotionDecision {
  const { stages, ledger, agreement, now } = facts;
  const stage = stages.find(({ name }) => name === asked.stage);
  const release = findReleaseEvent(ledger, asked.model, asked.version);
  const live = readStages(ledger, asked.model).get(asked.stage);
  if (stage !== undefined && release !== undefined && live?.version === asked.version) {
    return { state: 'live', event: live };
  }
  const refusals: Refusal[] = [
    ...(stage === undefined ? [refuseStage(asked, stages)] : []),
    ...(release === undefined ? [refuseVersion(asked, ledger)] : []),
    ...(release !== undefined && !facts.published ? [refuseRelease(release)] : []),
    ...(stage && release?.prerelease && !stage.prereleases ? [refusePrerelease(release, stage.name)] : []),
    ...(stage && release ? [...judgeWay(ledger, release, stage, now), ...judgeControls(release, stage)] : []),
  ];
  if (stage === undefined || release === undefined) return { state: 'refused', refusals, waits: undefined };
  if (agreement.state !== 'missing') {
    if (refusals.length > 0) return { state: 'refused', refusals, waits: undefined };
    return { state: 'allowed', release, stage, from: live?.version ?? null };
  }
  const missing: Refusal = { ground: 'approval', found: agreement.reason, fix: agreement.fix };
  const waits = refusals.length === 0 ? agreement.by : undefined;
  return { state: 'refused', refusals: [...refusals, missing], waits };
}

/** A stage that modelgate.yml does not have. */
export function refuseStage({ stage }: Pick<AskedPromotion, 'stage'>, stages: readonly Stage[]): Refusal {
  const names = stages.map(({ name }) => name);
  const fix = names.length > 0 ? suggest(stage, names) : 'modelgate.yml has no `stages` yet.';
  return { ground: 'stage', found: `there is no stage \`${stage}\``, fix };
}

/** A pre-release, where the stage takes none. */
export function refusePrerelease({ tag }: Pick<ReleaseEvent, 'tag'>, stage: string): Refusal {
  const fix = 'Choose a version that is none. If pre-releases may come in, say `prereleases: true` of the stage.';
  return { ground: 'prerelease', found: `${tag} is a pre-release, and ${stage} takes none`, fix };
}

function refuseVersion({ model, version }: AskedPromotion, ledger: Ledger): Refusal {
  const versions = listReleaseEvents(ledger, model).map((event) => event.version);
  const fix = versions.length > 0 ? suggest(version, versions.slice(-20)) : `Nothing of ${model} was published yet.`;
  return { ground: 'version', found: `there is no version ${model}@${version}`, fix };
}

/** A version that is not (or no longer) a published release. */
export function refuseRelease({ tag }: Pick<ReleaseEvent, 'tag'>): Refusal {
  const fix = 'Run its publishing again, which finishes it; a release that was deleted needs a new version.';
  return { ground: 'release', found: `the release ${tag} is not published`, fix };
}
