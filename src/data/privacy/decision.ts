import { computeUpperTail } from '../../statistics/binomial-tail.ts';
import type { Form } from './forms/form.ts';

/** Different texts of one form in a column. */
export interface Tally {
  /** Those that look like it. */
  readonly shaped: number;
  /** Those of them that keep its rules. */
  readonly confirmed: number;
  /** Whether a confirmed one stands among words. */
  readonly inText: boolean;
}

/** How likely something else may be taken for personal data, for one form in one column. */
export const FALSE_ALARM = 1e-6;

/**
 * Whether a column holds what a form describes. A check digit is kept by one of ten numbers that mean something else, so in a
 * column of numbers it must be kept by most, and by so many different ones that chance would give as many with a probability
 * of at most FALSE_ALARM: P(X ≥ confirmed) of the binomial distribution with `shaped` trials. One text is enough where the
 * form says so, because its groups and letters, or the words around it, tell more than the check.
 */
export function isTelling({ chance, alone }: Pick<Form, 'chance' | 'alone'>, tally: Tally): boolean {
  const { shaped, confirmed, inText } = tally;
  if (confirmed === 0) return false;
  if (chance > 0 && confirmed / shaped < Math.max(0.5, (1 + chance) / 2)) return false;
  if (alone === 'anywhere' || (alone === 'in-text' && inText)) return true;
  // With room for the rounding of the last digit: six of six at 1/10 are exactly one in a million.
  return computeUpperTail(confirmed, shaped, chance) <= FALSE_ALARM * (1 + 1e-9);
}
