import type { PairedCount } from './kolmogorov-smirnov.ts';

/**
 * The Wasserstein distance of order 1 between two samples: the area between their distribution functions, in the unit of
 * the values. `counts` are the distinct values of both samples in ascending order.
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

/** The standard deviation of the first sample, with n below the sum (not n − 1), computed around the mean. */
export function computeReferenceDeviation(counts: readonly PairedCount[]): number {
  const n = counts.reduce((total, { first }) => total + first, 0);
  if (n === 0) throw new Error('the deviation needs a value');
  const mean = counts.reduce((total, { value, first }) => total + (value * first) / n, 0);
  return Math.sqrt(counts.reduce((total, { value, first }) => total + ((value - mean) ** 2 * first) / n, 0));
}

/**
 * The Jensen–Shannon distance between two samples of counts over the same categories: the root of the divergence in
 * natural logarithms, from 0 to √ln 2 ≈ 0.8326.
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
