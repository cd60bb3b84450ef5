import type { RuleOutcome } from '../../evidence/schema/envelope.ts';

/** How one rule decides on copies of the rows at hand. */
export interface SelfTestedRule {
  readonly id: string;
  readonly text: string;
  /** The candidate against itself; null where the rule compares with no baseline. */
  readonly itself: RuleOutcome | null;
  /** On the rows at hand. */
  readonly now: RuleOutcome;
  /** On how many copies it came to what; null where reports may not tell how close a decision was. */
  readonly copies: Readonly<Record<RuleOutcome, number>> | null;
  /** The share of copies on which it came to something else than now. */
  readonly flipped: number | null;
  /** The share of copies on which a pass was a fail, or a fail a pass. */
  readonly reversed: number | null;
  /** It decides by the chance of which rows are in the test set, or fails a model against itself. */
  readonly noisy: boolean;
  /** Why it is noisy, or why its baseline was not resampled. */
  readonly reason?: string;
}

/** What `modelgate gate --self-test` came to. */
export interface SelfTest {
  readonly model: string;
  readonly copies: number;
  readonly seed: number;
  /** What is drawn: rows, queries or clusters. */
  readonly unit: 'row' | 'query' | 'cluster';
  readonly n: number;
  readonly rules: readonly SelfTestedRule[];
  readonly noisy: boolean;
}
