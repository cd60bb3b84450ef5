/** Beyond this many cells of the lattice the limiting distribution takes over: about 50 ms of work. */
const MAX_EXACT_CELLS = 1e7;

/** How often one value occurs in each of two samples. */
export interface PairedCount {
  readonly value: number;
  readonly first: number;
  readonly second: number;
}

export interface KolmogorovSmirnovTest {
  /** The greatest distance between the two empirical distribution functions, 0 to 1. */
  readonly statistic: number;
  readonly p: number;
  readonly method: 'exact' | 'asymptotic';
}

/**
 * The two-sided two-sample test of Kolmogorov and Smirnov. `counts` are the distinct values of both samples in ascending
 * order. Exact, conditional on the ties, up to ten million lattice cells; asymptotic beyond. Both samples hold a value.
 */
export function computeKolmogorovSmirnov(counts: readonly PairedCount[]): KolmogorovSmirnovTest {
  let [first, second] = [0, 0];
  for (const count of counts) {
    first += count.first;
    second += count.second;
  }
  if (first === 0 || second === 0) throw new Error('the test needs a value in each sample');
  const statistic = computeGreatestDistance(counts, first, second);
  if (first * second <= MAX_EXACT_CELLS) {
    return { statistic, p: computeExactTail(statistic, counts, first, second), method: 'exact' };
  }
  const scaled = statistic * Math.sqrt((first * second) / (first + second));
  return { statistic, p: computeKolmogorovTail(scaled), method: 'asymptotic' };
}

/**
 * P(K > x) of the Kolmogorov distribution, x ≥ 0: the limit of √(nm/(n+m))·D. The two series are each other’s theta
 * transform; each converges within a few terms on its side of 1.
 */
export function computeKolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= 9; k += 2) sum += Math.exp(-(k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 9; k += 1) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

function computeGreatestDistance(counts: readonly PairedCount[], n: number, m: number): number {
  let [i, j, greatest] = [0, 0, 0];
  for (const { first, second } of counts) {
    i += first;
    j += second;
    greatest = Math.max(greatest, Math.abs(i / n - j / m));
  }
  return greatest;
}

/**
 * P(D ≥ d) by counting lattice paths that touch the boundary (Hodges 1958, Arkiv för Matematik 3, 43). Among equal values
 * the order says nothing, so the boundary holds only where a value ends (Schröer and Trenkler 1995). Each cell holds
 * the share of paths to it that touched, which keeps all terms positive and small tails accurate.
 */
function computeExactTail(d: number, counts: readonly PairedCount[], n: number, m: number): number {
  const endsValue = new Uint8Array(n + m + 1);
  let total = 0;
  for (const { first, second } of counts) {
    total += first + second;
    endsValue[total] = 1;
  }
  const limit = d - 1e-9;
  const touches = (i: number, j: number) => endsValue[i + j] === 1 && Math.abs(i / n - j / m) >= limit;
  const shares = new Float64Array(m + 1);
  for (let j = 1; j <= m; j += 1) shares[j] = touches(0, j) ? 1 : (shares[j - 1] ?? 0);
  for (let i = 1; i <= n; i += 1) {
    if (touches(i, 0)) shares[0] = 1;
    for (let j = 1; j <= m; j += 1) {
      const mixed = ((shares[j] ?? 0) * i + (shares[j - 1] ?? 0) * j) / (i + j);
      shares[j] = touches(i, j) ? 1 : mixed;
    }
  }
  return Math.min(1, shares[m] ?? 1);
}
