import type { CountedPart, Kind } from '../../src/evaluation/counted/part.ts';
import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import type { Random } from '../../src/statistics/random.ts';

/** How many of n units are of each kind, by their shares: each takes its binomial part of what is left. */
export function drawCounts(random: Random, shares: readonly number[], n: number): number[] {
  let [left, rest] = [n, 1];
  return shares.map((share, at) => {
    const last = at === shares.length - 1;
    const count = left === 0 ? 0 : last ? left : drawBinomial(random, left, Math.min(1, Math.max(0, share / rest)));
    left -= count;
    rest -= share;
    return count;
  });
}

/** n rows of kinds whose counts are shares. Kinds that are not drawn are not there. */
export function drawPart(random: Random, kinds: readonly Kind[], n: number): CountedPart {
  const shares = kinds.map(({ count }) => count);
  const counts = drawCounts(random, shares, n);
  const drawn = kinds.flatMap((kind, at) => ((counts[at] ?? 0) > 0 ? [{ ...kind, count: counts[at] ?? 0 }] : []));
  return { rows: n, n, kinds: drawn };
}
