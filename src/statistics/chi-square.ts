import gammainc from '@stdlib/math-base-special-gammainc';

export interface ChiSquareTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
}

/**
 * P(X > x) of the chi-square distribution with `degrees` ≥ 1: the upper regularised incomplete gamma function
 * Q(degrees / 2, x / 2). Source: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions" (1964), 26.4.19.
 */
export function computeChiSquareTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, degrees / 2, true, true);
}

/**
 * Pearson’s test that two samples of counts over the same categories come from one distribution: a table of two rows,
 * without a continuity correction. Categories that neither sample has are left out; with one category left p is 1.
 * Source: K. Pearson, Philosophical Magazine 50 (1900), the sum of (observed − expected)² / expected, with expected counts from
 * the margins as in A. Agresti, "Categorical Data Analysis" (2002), section 3.2.1; scipy.stats.chi2_contingency agrees.
 */
export function computeChiSquare(first: readonly number[], second: readonly number[]): ChiSquareTest {
  const rows = [sum(first), sum(second)] as const;
  const all = rows[0] + rows[1];
  if (rows[0] === 0 || rows[1] === 0) throw new Error('the test needs a value in each sample');
  let statistic = 0;
  let categories = 0;
  for (const [index, a] of first.entries()) {
    const b = second[index] ?? 0;
    if (a + b === 0) continue;
    categories += 1;
    for (const [observed, row] of [[a, rows[0]] as const, [b, rows[1]] as const]) {
      const expected = ((a + b) * row) / all;
      statistic += (observed - expected) ** 2 / expected;
    }
  }
  const degrees = categories - 1;
  return { statistic, degrees, p: degrees === 0 ? 1 : computeChiSquareTail(statistic, degrees) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
