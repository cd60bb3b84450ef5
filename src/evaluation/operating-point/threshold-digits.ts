/** Digits that evidence keeps of a number: a threshold with more would select other rows when it is read back. */
const DIGITS = 12;

/** The largest number of 12 significant digits that is not above a score (0 to 1): all rows of that score reach it. */
export function roundDown(score: number): number {
  const near = Number(score.toPrecision(DIGITS));
  return near <= score ? near : step(near, -1);
}

/** The smallest number of 12 significant digits above a score (0 to 1): no row of that score reaches it. */
export function roundAbove(score: number): number {
  const near = Number(score.toPrecision(DIGITS));
  return near > score ? near : step(near, 1);
}

/** The next number of 12 digits up (1) or down (−1). */
function step(value: number, direction: 1 | -1): number {
  const [digits = '0', exponent = '0'] = value.toExponential(DIGITS - 1).split('e');
  const whole = BigInt(digits.replace('.', ''));
  // Under a power of ten numbers of 12 digits lie ten times as close.
  const finer = direction < 0 && whole === 10n ** BigInt(DIGITS - 1) ? 1 : 0;
  return Number(`${whole * 10n ** BigInt(finer) + BigInt(direction)}e${Number(exponent) - DIGITS + 1 - finer}`);
}
