import { findGuardedLimit } from '../../statistics/guarded-mean.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { findNormalLimit } from '../../statistics/normal.ts';
import { BINS } from './part.ts';
import { type BinGaps, type CalibrationUnits, computeGaps, sumSigned } from './units.ts';

/** Of the error of a limit, the share by which chance may make a sign look certain in any bin. */
const UNCERTAINTY = 0.05;
/** From so many standard errors on, folding a gap at 0 makes it no larger. */
const UNFOLDED = 4;

/** A calibration error is the sum of the absolute gaps of its bins. */
export function sumGaps({ gaps }: BinGaps): number {
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
}

/**
 * Limits of a calibration error, the sum of absolute gaps |gᵦ|. With the true signs it is a plain mean, and no other signs
 * make more of it. So the upper limit of that mean with the signs that were found, the largest of all, is too low only
 * if that with the true ones is (R. Berger, Technometrics 24 (1982)). What was found is too high on average: a gap of 0 is
 * found to be √(2/π) standard errors, any other less than that too high; the lower limit is lower by as much.
 */
export function boundError(units: CalibrationUnits, side: number, tail: number): Limits | NoLimits {
  const found = computeGaps(units, side);
  const signs = found.gaps.map(takeSign);
  const high = limitSigned(units, [{ side, signs, factor: 1 }], 1, tail);
  const low = limitSigned(units, [{ side, signs, factor: -1 }], 1, tail);
  if (typeof high !== 'number') return high;
  if (typeof low !== 'number') return low;
  const folding = found.errors.reduce(
    (sum, error, bin) => sum + (Math.abs(found.gaps[bin] ?? 0) > UNFOLDED * error ? 0 : error),
    0,
  );
  return {
    low: Math.min(1, Math.max(0, -low - Math.sqrt(2 / Math.PI) * folding)),
    high: Math.min(1, Math.max(0, high)),
  };
}

/** Limits of the first side's error less `factor` times the second's, on the same rows. */
export function boundDifference(units: CalibrationUnits, factor: number, tail: number): Limits | NoLimits {
  const isSame = units.cells.every(
    ({ bins: [own, other], gaps: [gap = 0, otherGap = 0] }) =>
      own === other && (gap === otherGap || gap === factor * otherGap),
  );
  if (isSame) return { reason: 'the rows do not differ' };
  const high = boundAbove(units, [0, 1], [1, factor], tail);
  const low = boundAbove(units, [1, 0], [factor, 1], tail);
  if (typeof high !== 'number') return high;
  if (typeof low !== 'number') return low;
  return { low: Math.max(-factor, Math.min(1, -low)), high: Math.min(1, Math.max(-factor, high)) };
}

/**
 * The upper limit of a · Σ|gᵦ| − b · Σ|hᵦ|, g and h the gaps of two sides. Any signs make the second sum no larger than it is:
 * it is taken with the signs of h where these are certain, and elsewhere with those of g, so that what two sides have in
 * common is left out. Then no signs but the true ones of g make more of the difference of these two means, and those that
 * make the most of what was found stand for them, as above, where the signs of g are not certain either. A sign is certain
 * where chance turns none of all bins round in more than a small share of the samples that the limit may be wrong in.
 */
function boundAbove(
  units: CalibrationUnits,
  [first, second]: readonly [first: number, second: number],
  [a, b]: readonly [a: number, b: number],
  tail: number,
): number | NoLimits {
  const [own, other] = [computeGaps(units, first), computeGaps(units, second)];
  const errors = findNormalLimit((tail * UNCERTAINTY) / BINS);
  const isCertain = ({ gaps, errors: each }: BinGaps, bin: number) =>
    Math.abs(gaps[bin] ?? 0) > errors * (each[bin] ?? 0);
  const signs = own.gaps.map((gap, bin) =>
    isCertain(own, bin) || isCertain(other, bin) ? takeSign(gap) : takeSign(a * gap - b * (other.gaps[bin] ?? 0)),
  );
  const opposed = other.gaps.map((gap, bin) => (isCertain(other, bin) ? takeSign(gap) : (signs[bin] ?? 1)));
  const sides = [
    { side: first, signs, factor: a },
    { side: second, signs: opposed, factor: -b },
  ];
  return limitSigned(units, sides, Math.max(a, b), tail * (1 - UNCERTAINTY));
}

function limitSigned(
  units: CalibrationUnits,
  sides: Parameters<typeof sumSigned>[1],
  extreme: number,
  tail: number,
): number | NoLimits {
  return findGuardedLimit({ ...units, sums: sumSigned(units, sides) }, extreme, tail);
}

function takeSign(gap: number): number {
  return gap < 0 ? -1 : 1;
}
