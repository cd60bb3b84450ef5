import type { Random } from './random.ts';

/** Below this many expected successes, inversion is the faster of the two ways; BTRS needs at least this many. */
const INVERSION_LIMIT = 10;

/** Draws how many of `n` trials (a whole number of at least 0) succeed, each with probability `p` (0 to 1). */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  return n * p < INVERSION_LIMIT ? drawByInversion(random, n, p) : drawByRejection(random, n, p);
}

/** BINV: walks up the distribution until its sum passes a uniform number. */
function drawByInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const start = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let left = random();
    let mass = start;
    for (let k = 0; k <= n; k += 1) {
      if (left <= mass) return k;
      left -= mass;
      mass *= (odds * (n - k)) / (k + 1);
    }
  }
}

/**
 * BTRS: transformed rejection with a squeeze.
 * Source: W. Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993), algorithm BTRS.
 */
function drawByRejection(random: Random, n: number, p: number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const accepted = 0.92 - 4.2 / b;
  const odds = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const distance = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / distance + b) * u + c);
    if (k < 0 || k > n) continue;
    if (distance >= 0.07 && v <= accepted) return k;
    const height = Math.log((v * alpha) / (a / (distance * distance) + b));
    const limit =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      computeStirlingRest(mode) +
      computeStirlingRest(n - mode) -
      computeStirlingRest(k) -
      computeStirlingRest(n - k);
    if (height <= limit) return k;
  }
}

/** ln k! less Stirling's formula at k + 1, exact below 10: 0.08106… at 0. */
const STIRLING_RESTS = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.0092554621827127, 0.0083305634333628,
] as const;

function computeStirlingRest(k: number): number {
  const exact = STIRLING_RESTS[k];
  if (exact !== undefined) return exact;
  const next = k + 1;
  return (1 / 12 - (1 / 360 - 1 / 1260 / (next * next)) / (next * next)) / next;
}
