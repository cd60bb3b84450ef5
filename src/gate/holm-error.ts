import { type Claim, isBadAt } from './claims.ts';
import type { Steps } from './steps.ts';

/**
 * The error that each fail among the slices of one rule may have, so that the probability of even one false fail among all is
 * at most `error`, by Holm's steps: with R claims found bad, the others are tried at error / (m − R), until none is added.
 * Every claim that is bad at the last of these errors, and no other, is one that Holm's procedure rejects, since what was
 * rejected at a smaller error is bad at a larger one too. Only fails are corrected: the rule passes if all slices pass, so
 * that a false pass of the rule takes a false pass of each slice that should fail, at the full error.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
 */
export function* findHolmError(claims: readonly Claim[], error: number): Steps<number> {
  let open = claims;
  let level = error;
  while (open.length > 0) {
    level = error / open.length;
    const left: Claim[] = [];
    for (const claim of open) {
      yield;
      if (!isBadAt(claim, level)) left.push(claim);
    }
    if (left.length === open.length) return level;
    open = left;
  }
  return level;
}
