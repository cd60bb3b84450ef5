import { computeBinomialDensity, computeUpperTail } from './binomial-tail.ts';

/**
 * Standard deviations on either side of the centre that are summed up, of the mean plus 9. The logarithm of P(C = c) bends by
 * −1/(c + 1) a step or more, and that of the tail beside it bends the same way, so that a term at a distance of d above the
 * centre m is at most exp(−m h(d/m)) ≤ exp(−d² / (2(m + d/3))) of the greatest, with the h of Bennett, and below it exp(−d² / 2m).
 * At d = 8 √(m + 9) the first exponent is least at m = 37, where it is −26.7: what is left out is 10⁻¹¹ of the greatest term, and
 * less of the sum.
 */
const SPREAD = 8;

/**
 * P(B − C ≥ s) where B and C count two of the three outcomes of n trials, with the probabilities `p` and `q`, and s is
 * whole. Exact but for about 10⁻¹² of it, however small it is, down to 1e−300.
 *
 * It is the sum over c of P(C = c) · P(B ≥ s + c | C = c), in which B is binomial of n − c trials with p / (1 − q). The
 * sum runs from large c to small ones, where each conditional tail is the one before plus two densities:
 * P(Bin(m) ≥ x) = P(Bin(m − 1) ≥ x + 1) + π · P(Bin(m − 1) = x) + P(Bin(m) = x). Nothing is subtracted.
 */
export function computeDifferenceTail(s: number, n: number, p: number, q: number): number {
  if (s <= -n) return 1;
  if (s > n) return 0;
  if (q <= 0) return computeUpperTail(s, n, p);
  if (q >= 1) return 0;
  const most = Math.floor((n - s) / 2);
  const share = Math.min(1, p / (1 - q));
  const centre = findCentre(s, n, p, q);
  const spread = SPREAD * Math.sqrt(centre + 9);
  const last = Math.min(most, n, Math.ceil(centre + spread));
  const first = Math.max(0, Math.floor(centre - spread));
  let tail = computeUpperTail(s + last, n - last, share);
  let sum = 0;
  for (let c = last; c >= first; c -= 1) {
    sum += computeBinomialDensity(c, n, q) * tail;
    const x = s + c - 1;
    const m = n - c + 1;
    if (x <= 0) tail = 1;
    else tail += computeBinomialDensity(x, m - 1, share) * (share + (m * (1 - share)) / (m - x));
  }
  return Math.min(1, sum);
}

/**
 * The c that contributes most. Where s is in the upper tail, that is the mean of C once the outcomes are tilted so far that
 * the mean of B − C is s: c (c + s) = R (n − s − 2c)² with R = pq / (1 − p − q)².
 */
function findCentre(s: number, n: number, p: number, q: number): number {
  const usual = n * q;
  if (n * (p - q) >= s) return usual;
  const rest = 1 - p - q;
  if (rest <= 0) return (n - s) / 2;
  const ratio = (p * q) / rest ** 2;
  const a = 1 - 4 * ratio;
  const b = s + 4 * ratio * (n - s);
  const c = ratio * (n - s) ** 2;
  const root = Math.sqrt(Math.max(0, b * b + 4 * a * c));
  const centre = b > 0 ? (2 * c) / (b + root) : (root - b) / (2 * a);
  return Math.min((n - s) / 2, Math.max(centre, -s, 0));
}
