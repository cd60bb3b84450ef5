import { rootDyadic, ZERO } from './dyadic.ts';
import type { Limits, NoLimits } from './limits.ts';
import type { Shape } from './shape.ts';
import { computeSkewedLimits, guessSkewness } from './skewed-t.ts';
import { computeStandardError, findPair, type VectorSums } from './vector-sums.ts';

/** Units that must matter, at least: of fewer, a variance says next to nothing. */
const MIN_EFFECTIVE = 5;
/**
 * Where weights, clusters or several means come together, so many times fewer units matter than a sample shows: a large weight
 * and a large number seldom meet in it. Chosen by simulation: differences of roots of means over 50 and 200 rows with weights
 * from 0.2 to 5 passed too often at 99 % by what was seen, and do not by half of it.
 */
const OVERSTATEMENT = 2;
/** Of the parts that a standard error is the difference of, what is nothing but their rounding. */
const ROUNDING = 2 ** -46;

/** A function f of the means x̄ᵢ of what units add up to, near the means that were found. */
export interface Linearised {
  /** Of the numbers xᵢ. */
  readonly sums: VectorSums;
  readonly value: number;
  /** ∂f/∂x̄ᵢ. */
  readonly gradient: readonly number[];
  /** Of the zᵤ below, as far as it is known. */
  readonly shape?: (Pick<Shape, 'skewness'> & Partial<Shape>) | undefined;
  /** Whether the units’ own numbers are not all that makes it: they weigh, are clusters, or several means come together. */
  readonly composed?: boolean;
}

/** What a unit is, for reasons. */
export interface UnitKind {
  readonly name: string;
  /** With fewer there are no limits; at least 2. */
  readonly least: number;
}

/**
 * Student's t limits of a smooth function of means, by the delta method: with zᵤ = Σᵢ ∂f/∂x̄ᵢ · xᵢᵤ its variance is that of
 * the mean of the n values zᵤ, Σ (zᵤ − z̄)² / (n (n − 1)), and t has n − 1 degrees of freedom; where it is
 * known how many units matter, those of the variance.
 *
 * A mean is the ratio R = x̄₁/x̄₀ of what the units add up to and how much they count: zᵤ = (x₁ᵤ − R · x₀ᵤ) / x̄₀. So weights
 * and clusters need nothing of their own, and where each unit counts 1 this is Student's interval of a mean, and of a
 * difference on the same units the paired t. They are moved outwards for the skewness of the sample, and for that which
 * mean, variance and `range` let expect. What no unit shows they know nothing of: a loss that one row in a hundred has is
 * missing from every seventh sample of 200.
 *
 * Where few units matter there are none: a sign test finds n that all point one way only where 2⁻ⁿ is under the tail.
 *
 * Sources: C.-E. Särndal, B. Swensson, J. Wretman, "Model Assisted Survey Sampling" (1992), section 5.5 on Taylor
 * linearisation and 5.6 on ratios, with equal probabilities and replacement; A. C. Davison, D. V. Hinkley, "Bootstrap
 * Methods and their Application" (1997), section 2.7.2, whose empirical influence values are zᵤ − z̄; "Student", Biometrika 6
 * (1908); of the freedom, F. Satterthwaite, Biometrics Bulletin 2 (1946).
 */
export function computeDeltaLimits(
  { sums, value, gradient, shape, composed = false }: Linearised,
  tail: number,
  unit: UnitKind,
  range: readonly [least: number, greatest: number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): Limits | NoLimits {
  const { units } = sums;
  if (units < unit.least) return { reason: `limits need ${unit.least} ${unit.name}, and there ${renderCount(units)}` };
  if (!gradient.every(Number.isFinite)) return { reason: 'the numbers are too large, or too alike, for limits' };
  const error = computeStandardError(sums, gradient);
  if (error <= ROUNDING * sumErrors(sums, gradient)) return { reason: `the ${unit.name} do not vary` };
  const { skewness = 0, effective: seen = Number.POSITIVE_INFINITY } = shape ?? {};
  const effective = composed ? seen / OVERSTATEMENT : seen;
  if (!(effective >= Math.max(MIN_EFFECTIVE, -Math.log2(tail)))) {
    return { reason: `too few of the ${unit.name} matter to it` };
  }
  const variance = error ** 2 * units;
  const freedom = effective < units ? Math.min(units - 1, 2 / (1 / effective - 1 / units)) : units - 1;
  const mean = { n: units, mean: value, deviation: Math.sqrt(variance), freedom };
  const limits = computeSkewedLimits(mean, [skewness, guessSkewness(value, variance, range)], tail);
  if ('reason' in limits || Number.isFinite(limits.high - limits.low)) return limits;
  return { reason: 'no limits can be had at so small an error' };
}

/** What the standard error would be if no two parts of the sum took anything from each other. */
function sumErrors({ units, products, sums }: VectorSums, gradient: readonly number[]): number {
  return gradient.reduce((sum, slope, at) => {
    const square = products[findPair(at, at, sums.length)] ?? ZERO;
    return sum + (slope === 0 ? 0 : Math.abs(slope) * (rootDyadic(square) / units));
  }, 0);
}

function renderCount(units: number): string {
  return units === 1 ? 'is 1' : `are ${units}`;
}
