import type { Unmeasured } from '../evaluation/sources.ts';
import type { Estimate, Sign } from '../statistics/estimate.ts';
import type { Limits } from '../statistics/limits.ts';
import type { Line } from './lines.ts';
import { exceeds, reaches } from './numbers.ts';

/** A line, and the number that must be on its good side. */
export interface Claim {
  readonly line: Line;
  readonly estimate: Estimate;
  /** The number for the line's twin. */
  readonly twin?: Estimate;
}

/** The errors that a pass and a fail may have. They differ where a fail is corrected for other slices. */
export interface Errors {
  readonly pass: number;
  readonly fail: number;
}

/** What is known of a claim at some errors. */
export interface Finding {
  /** `good`: as sure as was asked that the line is kept; `bad`: that it is not; else `open`. */
  readonly state: 'good' | 'bad' | 'open';
  /** The error of the limits that decided. */
  readonly error: number;
  readonly limits?: Limits;
  /** The exact test that decided in place of limits. */
  readonly sign?: Sign;
  /** Why there are no limits. */
  readonly reason?: string;
  /** Open only because the baseline's sign is. */
  readonly signOpen?: true;
}

/**
 * Decides a claim: the worse limit on the good side of the line is good, the better limit on its bad side is bad. At a line
 * of 0 an exact test of the sign decides where the estimate has one.
 */
export function decideClaim(claim: Claim, errors: Errors): Finding {
  const found = decideLine(claim.estimate, claim.line, errors);
  const { twin } = claim.line;
  if (!twin || found.state !== twin.binds) return found;
  const other = claim.twin && decideLine(claim.twin, claim.line, errors);
  return other?.state === found.state ? found : { ...found, state: 'open', signOpen: true };
}

/** Whether a claim would be found bad at this error. A number on the good side is not asked for limits: they take time. */
export function isBadAt(claim: Claim, error: number): boolean {
  const { line, estimate } = claim;
  const isBelow = estimate.value < line.at;
  if (estimate.value !== line.at && isBelow === (line.end === 'high')) return false;
  return decideClaim(claim, { pass: error, fail: error }).state === 'bad';
}

function decideLine(estimate: Estimate, line: Line, errors: Errors): Finding {
  const good = test(estimate, line, errors.pass);
  if (good.state === 'good') return good;
  const bad = errors.fail === errors.pass ? good : test(estimate, line, errors.fail);
  return bad.state === 'good' ? { ...bad, state: 'open' } : bad;
}

function test(estimate: Estimate, line: Line, error: number): Finding {
  const found = estimate.computeLimits(error);
  const known = 'reason' in found ? found : isSound(found) ? { limits: found } : { reason: UNSOUND };
  if (line.at === 0 && estimate.sign) {
    const { sign } = estimate;
    const [kept, missed] = line.end === 'low' ? [sign.above, sign.below] : [sign.below, sign.above];
    return { state: kept <= error ? 'good' : missed <= error ? 'bad' : 'open', error, sign, ...known };
  }
  if ('reason' in known) return { state: 'open', error, ...known };
  return { state: compare(known.limits, line), error, limits: known.limits };
}

const UNSOUND = 'its limits are no numbers';

function isSound({ low, high }: Limits): boolean {
  return low <= high;
}

function compare({ low, high }: Limits, { end, at, strict }: Line): Finding['state'] {
  const [worse, better] = end === 'low' ? [low, high] : [-high, -low];
  const line = end === 'low' ? at : -at;
  const isOver = (value: number) => (strict ? exceeds(value, line, 0) : reaches(value, line, 0));
  if (isOver(worse)) return 'good';
  return isOver(better) ? 'open' : 'bad';
}

/** Why there is no estimate for a claim, or the claim. */
export function createClaim(
  line: Line,
  measure: (factor: number | undefined) => Estimate | Unmeasured,
): Claim | Unmeasured {
  const estimate = measure(line.factor);
  if ('reason' in estimate) return estimate;
  if (!Number.isFinite(estimate.value)) return { reason: 'it has no value' };
  if (!line.twin) return { line, estimate };
  const twin = measure(line.twin.factor);
  return 'reason' in twin ? twin : { line, estimate, twin };
}
