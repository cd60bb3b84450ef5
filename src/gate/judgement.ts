import type { RuleOutcome } from '../evidence/schema/envelope.ts';
import type { Interval } from '../evidence/schema/evaluation.ts';
import type { Bounds } from '../evidence/schema/verdict.ts';
import type { Range } from './conditions.ts';

/** What one condition of a rule comes to. */
export interface Judgement {
  readonly outcome: RuleOutcome;
  /** Half a sentence. */
  readonly reason: string;
  /** Other rows of this number could decide otherwise. */
  readonly withinNoise: boolean;
  /** What passes, of the candidate’s value. */
  readonly range?: Range;
  /** Of the difference, at 95 %. */
  readonly interval?: Interval;
  readonly bounds?: Bounds;
  readonly rowsNeeded?: number | null;
}

/** The outcomes from worst to best. */
const WORST_FIRST: readonly RuleOutcome[] = ['fail', 'cannot-measure', 'pass', 'not-applicable'];

/** The worst of some outcomes; of none, cannot-measure. */
export function findWorst(outcomes: readonly RuleOutcome[]): RuleOutcome {
  return WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'cannot-measure';
}

/** A judgement that there can be none. */
export function refuse(reason: string): Judgement {
  return { outcome: 'cannot-measure', reason, withinNoise: false };
}
