import type { NoLimits } from './limits.ts';
import { computeSkewedLimits } from './skewed-t.ts';

/** Units by what each adds to a mean Σ sums / Σ masses. `counts` of them are alike. */
export interface UnitSums {
  readonly counts: ArrayLike<number>;
  readonly masses: ArrayLike<number>;
  readonly sums: ArrayLike<number>;
}

/**
 * The upper limit of a mean, as if one more unit of middling mass had been seen whose rows all have the value `extreme`: what
 * no unit shows may still be there. Where all units are alike it is about three units in n at 95 %, as it should be
 * (J. Hanley, A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983)), and it takes five that all
 * point one way to find that they do, as a sign test does.
 *
 * Student's t of a ratio by linearisation, moved outwards for skewness as in `computeSkewedLimits`. Masses that differ count
 * as (Σ m)² / Σ m² units that do not: L. Kish, Survey Sampling (1965), §11.7.
 */
export function findGuardedLimit(units: UnitSums, extreme: number, tail: number): number | NoLimits {
  const { counts, masses, sums } = units;
  let [n, total, squares, sum] = [0, 0, 0, 0];
  for (let unit = 0; unit < counts.length; unit += 1) {
    const count = counts[unit] as number;
    const mass = masses[unit] as number;
    n += count;
    total += count * mass;
    squares += count * mass * mass;
    sum += count * (sums[unit] as number);
  }
  if (n < 2 || !(total > 0)) return { reason: 'limits need 2 units' };
  const extra = squares / total;
  const whole = total + extra;
  const mean = (sum + extra * extreme) / whole;
  const last = extra * (extreme - mean);
  let [second, third] = [last ** 2, last ** 3];
  for (let unit = 0; unit < counts.length; unit += 1) {
    const rest = (sums[unit] as number) - mean * (masses[unit] as number);
    const square = (counts[unit] as number) * rest * rest;
    second += square;
    third += square * rest;
  }
  const effective = total / extra + 1;
  const spread = {
    n: effective,
    mean,
    deviation: (Math.sqrt(second * (effective / (effective - 1))) / whole) * Math.sqrt(effective),
  };
  const limits = computeSkewedLimits(spread, [(third / second ** 1.5) * Math.sqrt(effective)], tail);
  return 'reason' in limits ? limits : limits.high;
}
