import type { PairedCount } from './kolmogorov-smirnov.ts';

/**
 * The Wasserstein distance of order 1 between two samples: the area between their distribution functions, in the unit of
 * the values. `counts` are the distinct values of both samples in ascending order.
 * Source: S. Vallender, "Calculation of the Wasserstein distance between probability distributions on the line", Theory of
 * Probability and its Applications 18 (1974); scipy.stats.wasserstein_distance agrees.
 */
export function computeWasserstein(counts: readonly PairedCount[]): number {
  const n = counts.reduce((total, { first }) => total + first, 0);
  const m = counts.reduce((total, { second }) => total + second, 0);
  if (n === 0 || m === 0) throw new Error('the distance needs a value in each sample');
  let [i, j, area] = [0, 0, 0];
  for (const [index, { value, first, second }] of counts.entries()) {
    i += first;
    j += second;
    const next = counts[index + 1];
    if (next) area += Math.abs(i / n - j / m) * (next.value - value);
  }
  return area;
}

/**
 * The standard deviation of the first sample, with n below the sum (not n − 1), computed around the mean in two passes.
 * Source: T. Chan, G. Golub, R. LeVeque, American Statistician 37 (1983), on why two; numpy.std agrees.
 */
export function computeReferenceDeviation(counts: readonly PairedCount[]): number {
  const n = counts.reduce((total, { first }) => total + first, 0);
  if (n === 0) throw new Error('the deviation needs a value');
  const mean = counts.reduce((total, { value, first }) => total + (value * first) / n, 0);
  return Math.sqrt(counts.reduce((total, { value, first }) => total + ((value - mean) ** 2 * first) / n, 0));
}

/**
 * The Jensen–Shannon distance between two samples of counts over the same categories: the root of the divergence in
 * natural logarithms, from 0 to √ln 2 ≈ 0.8326.
 * Sources: J. Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37 (1991), of
 * the divergence; D. Endres, J. Schindelin, ibid. 49 (2003), of its root; scipy.spatial.distance.jensenshannon agrees.
 */
export function computeJensenShannon(first: readonly number[], second: readonly number[]): number {
  const n = first.reduce((total, count) => total + count, 0);
  const m = second.reduce((total, count) => total + count, 0);
  if (n === 0 || m === 0) throw new Error('the distance needs a value in each sample');
  let divergence = 0;
  for (const [index, count] of first.entries()) {
    const p = count / n;
    const q = (second[index] ?? 0) / m;
    divergence += (relative(p, (p + q) / 2) + relative(q, (p + q) / 2)) / 2;
  }
  return Math.sqrt(Math.max(0, divergence));
}

function relative(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log(share / middle);
}

/**
 * The population stability index of two samples of counts over the same bins: the sum of (q − p) ln(q / p), from 0 to
 * infinity, where a bin has values of one sample only. It depends on the bins: name them wherever it is shown.
 * Source: N. Siddiqi, Credit Risk Scorecards (2006); it is the divergence of H. Jeffreys, Proc. Royal Society A 186 (1946).
 */
export function computeStabilityIndex(first: readonly number[], second: readonly number[]): number {
  const n = first.reduce((total, count) => total + count, 0);
  const m = second.reduce((total, count) => total + count, 0);
  if (n === 0 || m === 0) throw new Error('the index needs a value in each sample');
  return first.reduce((total, count, index) => {
    const [p, q] = [count / n, (second[index] ?? 0) / m];
    return p === q ? total : total + (q - p) * Math.log(q / p);
  }, 0);
}
