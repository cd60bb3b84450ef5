/** Terms of the continued fraction. It takes about √n of them, so this is enough for 10¹⁰ trials. */
const MAX_TERMS = 1_000_000;

/**
 * P(X ≥ x) where X counts the successes of n trials that each succeed with probability p. Keeps its digits however small
 * it is, down to 1e−308. Between whole numbers of successes it is the regularised incomplete beta function
 * I_p(x, n − x + 1), which falls in x.
 * Source: NIST Digital Library of Mathematical Functions 8.17.5 and the continued fraction 8.17.22.
 */
export function computeUpperTail(x: number, n: number, p: number): number {
  if (x <= 0) return 1;
  if (x > n || p <= 0) return 0;
  if (p >= 1) return 1;
  return computeIncompleteBeta(p, 1 - p, x, n - x + 1);
}

/** P(X ≤ x), likewise. */
export function computeLowerTail(x: number, n: number, p: number): number {
  if (x < 0) return 0;
  if (x >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  return computeIncompleteBeta(1 - p, p, n - x, x + 1);
}

/**
 * P(X = x); x and n need not be whole: the factorials are gamma functions.
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), which R's dbinom follows.
 */
export function computeBinomialDensity(x: number, n: number, p: number, q: number = 1 - p): number {
  if (x === 0) return n === 0 ? 1 : Math.exp(p < 0.5 ? n * Math.log1p(-p) : n * Math.log(q));
  if (x === n) return Math.exp(q < 0.5 ? n * Math.log1p(-q) : n * Math.log(p));
  if (x < 0 || x > n || p <= 0 || q <= 0) return 0;
  const y = n - x;
  const exponent =
    findStirlingError(n) -
    findStirlingError(x) -
    findStirlingError(y) -
    computeDeviance(x, n * p) -
    computeDeviance(y, n * q);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * x * y));
}

/** I_p(a, b) with q = 1 − p, a > 0, b > 0. */
function computeIncompleteBeta(p: number, q: number, a: number, b: number): number {
  if (p > (a + 1) / (a + b + 2)) return 1 - computeIncompleteBeta(q, p, b, a);
  const front = (computeBinomialDensity(a, a + b, p, q) * b) / (a + b);
  return front === 0 ? 0 : Math.min(1, front * evaluateFraction(p, a, b));
}

/** The continued fraction 8.17.22, from the front, by the method of Lentz as Thompson and Barnett changed it (1986). */
function evaluateFraction(p: number, a: number, b: number): number {
  const tiny = 1e-300;
  const keep = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / keep(1 - ((a + b) * p) / (a + 1));
  let value = d;
  for (let m = 1; m <= MAX_TERMS; m += 1) {
    const even = (m * (b - m) * p) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / keep(1 + even * d);
    c = keep(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * p) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / keep(1 + odd * d);
    c = keep(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) return value;
  }
  throw new Error(`no convergence at ${p}, ${a}, ${b}`);
}

const WHOLE = Array.from({ length: 16 }, (_, x) => (x === 0 ? Number.NaN : sumStirlingError(x)));

function findStirlingError(x: number): number {
  return WHOLE[x] ?? sumStirlingError(x);
}

/** ln Γ(x + 1) less Stirling's (x + ½) ln x − x + ½ ln 2π, for x > 0: its series from 16 on, the recurrence below. */
function sumStirlingError(x: number): number {
  let [sum, at] = [0, x];
  for (; at < 16; at += 1) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = at * at;
  return sum + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / at;
}

/** x ln(x / mean) + mean − x without the cancellation where the two are close. */
function computeDeviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j += 1) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
