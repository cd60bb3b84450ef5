import type { ResolvedMetric } from '../../config/resolved-metric.ts';
import { USUAL_TAIL } from '../../config/usual-level.ts';
import type { MetricRequest } from '../../evaluation/requests.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { type Condition, isStrict } from '../../gate/conditions.ts';
import type { PlannedCase, Told, Untold } from '../../report/terminal/plan-facts.ts';
import { computeAtHand, findAmount, type HandSamples } from './at-hand.ts';
import { type Asked, type Bounded, computeWorstCase } from './bounds.ts';

/** What a case is planned from. */
export interface CaseFacts {
  readonly condition: Condition;
  readonly metric: ResolvedMetric;
  readonly request: MetricRequest;
  readonly slice?: string | undefined;
  readonly bounded: Bounded | Unmeasured;
  /** Rows at hand; the plan may be for `growth` times as many. */
  readonly n: number;
  readonly total: number;
  readonly growth: number;
  readonly samples: HandSamples;
  /** Rows of the pair that the two models answer differently. */
  readonly disagreements: number | undefined;
}

/** Plans one case at an error of `tail`; without it, for a rule that takes the number as it is. */
export function planCase(facts: CaseFacts, tail: number | undefined): PlannedCase {
  const { condition, metric, request, slice, samples, growth } = facts;
  const n = Math.round(facts.n * growth);
  const amount = findAmount({ condition }, request, samples);
  const about = { ...(slice === undefined ? {} : { slice }), condition: nameCondition(condition), n };
  if (typeof amount === 'object') return { ...about, worst: amount, atHand: amount, sees: null };
  const asked: Asked = { condition, direction: metric.direction, amount };
  const error = tail ?? USUAL_TAIL;
  const hand = computeAtHand(asked, request, samples, metric, error);
  const atHand =
    'reason' in hand ? hand : tell(hand.effect / Math.sqrt(growth), scale(facts.total, hand.times), hand.method);
  const worst = bound(facts, asked, error, 1);
  const share = findDisagreement(facts, amount ?? 0);
  const capped = share === undefined ? undefined : bound(facts, asked, error, share);
  const best = 'reason' in atHand && !atHand.unresolved ? (capped ?? worst) : atHand;
  return {
    ...about,
    ...(amount === undefined ? {} : { amount }),
    worst,
    ...(capped && !('reason' in capped) && share !== undefined ? { capped: { ...capped, disagreement: share } } : {}),
    atHand,
    sees: tail === undefined ? null : decide(asked, best, worst, metric.range),
  };
}

function bound(facts: CaseFacts, asked: Asked, tail: number, disagreement: number): Told | Unmeasured {
  const { bounded, growth, total, n } = facts;
  if ('reason' in bounded) return bounded;
  const { effect, rows, method } = computeWorstCase({ ...bounded, n: bounded.n * growth }, asked, tail, disagreement);
  // Of the units that it rests on, as many rows as there are today for each.
  return tell(effect, rows === undefined ? undefined : scale(total, rows / bounded.n), n === 0 ? '' : method);
}

/**
 * The share of the rows that the two models answer differently: of a part of the rows at most all disagreements are in it.
 * Fewer than the amount could not make a difference of it, and none today are not none for ever.
 */
function findDisagreement({ condition, bounded, disagreements }: CaseFacts, amount: number): number | undefined {
  if ('line' in condition || disagreements === undefined || 'reason' in bounded || bounded.kind !== 'share') {
    return undefined;
  }
  const share = Math.max(amount, Math.max(1, disagreements) / bounded.n);
  return share < 1 ? share : undefined;
}

/** An absolute line is seen where a model that is as good as can be would be sure to keep it, a gain where one could show it. */
function decide(
  { condition, amount = 0 }: Asked,
  told: Told | Untold,
  worst: Told | Untold,
  range: CaseFacts['metric']['range'],
) {
  if ('reason' in told) return told.unresolved ? false : null;
  if (told.effect === null) return false;
  if (!('line' in condition)) return condition.key === 'min-gain' || told.effect <= amount;
  const room = condition.key === 'min' ? range[1] - condition.line : condition.line - range[0];
  return told.effect <= room && ('reason' in worst || worst.effect !== null);
}

function tell(effect: number, rows: number | undefined, method: string): Told {
  const whole = rows === undefined ? undefined : Number.isFinite(rows) ? Math.ceil(rows) : null;
  return { effect: Number.isFinite(effect) ? effect : null, method, ...(whole === undefined ? {} : { rows: whole }) };
}

function scale(total: number, times: number | undefined): number | undefined {
  return times === undefined ? undefined : total * times;
}

function nameCondition(condition: Condition): string {
  if ('line' in condition) return `${condition.key} ${condition.line}`;
  return `${condition.key} ${condition.tolerance}${isStrict(condition) ? ' (any)' : ''}`;
}
