/** Halvings that exhaust the digits of a double. */
const MAX_STEPS = 200;

/**
 * Rows from which on the mean of values in an interval of width `range` exceeds the true mean by `effect` with a probability
 * of at most `tail`: r² ln(1/δ) / (2ε²).
 * Source: W. Hoeffding, "Probability inequalities for sums of bounded random variables", JASA 58 (1963), theorem 2.
 */
export function computeHoeffdingRows(effect: number, tail: number, range: number): number {
  return Math.max(1, Math.ceil((range ** 2 * -Math.log(tail)) / (2 * effect ** 2)));
}

/** The smallest effect of which that holds at n rows, which need not be whole: r √(ln(1/δ) / (2n)). */
export function computeHoeffdingEffect(n: number, tail: number, range: number): number {
  return range * Math.sqrt(-Math.log(tail) / (2 * n));
}

/**
 * The same of values that are at most 1 and whose mean square is at most `square`, as the difference of two answers’
 * correctness with a share of `square` of rows on which they disagree: ln(1/δ) / (p h(ε/p)), h(u) = (1 + u) ln(1 + u) − u.
 * Source: G. Bennett, "Probability inequalities for the sum of independent random variables", JASA 57 (1962); that the mean
 * square may stand for the variance: S. Boucheron, G. Lugosi, P. Massart, Concentration Inequalities (2013), theorem 2.9.
 */
export function computeBennettRows(effect: number, tail: number, square: number): number {
  return Math.max(1, Math.ceil(-Math.log(tail) / (square * computeBennettRate(effect / square))));
}

/**
 * The smallest effect of which that holds at n rows, which need not be whole: the ε with p h(ε/p) = ln(1/δ) / n, which has no
 * closed form. By halving, as h rises; never below it.
 */
export function computeBennettEffect(n: number, tail: number, square: number): number {
  const wanted = -Math.log(tail) / n;
  let [left, right] = [0, 1];
  while (square * computeBennettRate(right / square) < wanted) right *= 2;
  for (let step = 0; step < MAX_STEPS && right - left > 1e-15 * right; step += 1) {
    const middle = (left + right) / 2;
    if (square * computeBennettRate(middle / square) < wanted) left = middle;
    else right = middle;
  }
  return right;
}

/** h(u) = (1 + u) ln(1 + u) − u, u ≥ 0; by its Taylor series where the two parts nearly cancel, whose next term is u⁷/42. */
function computeBennettRate(u: number): number {
  if (u < 1e-3) return u * u * (1 / 2 - u * (1 / 6 - u * (1 / 12 - u * (1 / 20 - u / 30))));
  return (1 + u) * Math.log1p(u) - u;
}
