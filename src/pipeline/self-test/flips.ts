import type { RuleOutcome } from '../../evidence/schema/envelope.ts';

/** A rule that comes to something else on a larger share of the copies decides by chance. */
const MAX_FLIPPED = 0.1;

export type Tally = Readonly<Record<RuleOutcome, number>>;

/** Counts the outcomes of a rule on its copies. */
export function countOutcomes(outcomes: readonly RuleOutcome[]): Tally {
  const tally: Record<RuleOutcome, number> = { pass: 0, fail: 0, 'cannot-measure': 0, 'not-applicable': 0 };
  for (const outcome of outcomes) tally[outcome] += 1;
  return tally;
}

/** How often a rule that came to `now` comes to something else, and to the opposite, as shares of the copies. */
export function computeFlips(now: RuleOutcome, tally: Tally): { flipped: number; reversed: number; noisy: boolean } {
  const all = Object.values(tally).reduce((sum, n) => sum + n, 0);
  if (all === 0) return { flipped: 0, reversed: 0, noisy: false };
  const opposite = now === 'pass' ? tally.fail : now === 'fail' ? tally.pass : 0;
  const flipped = (all - tally[now]) / all;
  return { flipped, reversed: opposite / all, noisy: flipped > MAX_FLIPPED };
}
