import type { Config, Rule } from '../config/schema/modelgate.ts';
import type { Unmeasured } from '../evaluation/sources.ts';
import { divideError } from '../statistics/verdict-error.ts';

/** How sure a rule must be. */
export interface Certainty {
  /** As the rule asks for it. */
  readonly confidence: number;
  /** The probability that one limit may be wrong with, 0 < error < 0.5. */
  readonly error: number;
}

/** What a limit can be asked for at most: at a half it is the estimate itself, which no rule may mistake for sure. */
const MAX_ERROR = 0.4999;
/** No method tells smaller ones from 0. */
const MIN_ERROR = 1e-300;

/**
 * The error of each limit under a rule's `confidence`: one less the confidence, divided among the verdicts of the budget.
 * Undefined without `confidence`.
 */
export function computeCertainty(
  { confidence }: Rule,
  budget: NonNullable<Config['gates']>['budget'],
): Certainty | Unmeasured | undefined {
  if (confidence === undefined) return undefined;
  // 1 − 0.95 is a little over 0.05 in doubles.
  const asked = Number((1 - confidence).toPrecision(12));
  const error = budget ? divideError(asked, budget.verdicts, budget.adaptivity ?? 'full') : asked;
  if (!(error >= MIN_ERROR)) {
    const reason = `the ${budget?.verdicts} verdicts of the budget leave no error that could be told from 0`;
    return { reason: `${reason}: allow fewer, or write \`adaptivity: none\` if nobody sees them` };
  }
  return { confidence, error: Math.min(error, MAX_ERROR) };
}

/** “95 % confidence”. */
export function renderConfidence(confidence: number): string {
  return `${Number((confidence * 100).toPrecision(12))} % confidence`;
}
