import type { PairedCount } from './kolmogorov-smirnov.ts';

/** Counts of two samples over the same bins. */
export interface BinnedCounts {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/**
 * Gathers numbers of two samples into bins that end at the quantiles of the first, the reference: k/parts for k from 1,
 * interpolated as numpy.quantile does. A bin holds its lower end and not its upper one; the first begins and the last ends
 * nowhere. A value that is several quantiles at once has a bin of its own, so that what lies above it is seen. `counts` are
 * the distinct values in ascending order.
 */
export function gatherQuantileBins(counts: readonly PairedCount[], parts: number): BinnedCounts {
  const quantiles = computeQuantiles(counts, parts);
  const ends: { readonly at: number; readonly above: boolean }[] = [];
  for (const [k, at] of quantiles.entries()) {
    if (k > 0 && at === quantiles[k - 1]) {
      if (ends.at(-1)?.above === false) ends.push({ at, above: true });
    } else ends.push({ at, above: false });
  }
  const [first, second]: [number[], number[]] = [Array(ends.length + 1).fill(0), Array(ends.length + 1).fill(0)];
  let bin = 0;
  for (const count of counts) {
    for (let end = ends[bin]; end && (end.above ? count.value > end.at : count.value >= end.at); end = ends[bin])
      bin += 1;
    first[bin] = (first[bin] ?? 0) + count.first;
    second[bin] = (second[bin] ?? 0) + count.second;
  }
  const kept = first.map((count, at) => count + (second[at] ?? 0) > 0);
  return { first: first.filter((_, at) => kept[at]), second: second.filter((_, at) => kept[at]) };
}

function computeQuantiles(counts: readonly PairedCount[], parts: number): number[] {
  const own = counts.filter(({ first }) => first > 0);
  const total = own.reduce((sum, { first }) => sum + first, 0);
  if (total === 0) throw new Error('bins need a value in the reference');
  const quantiles: number[] = [];
  let [index, before] = [0, 0];
  for (let k = 1; k < parts; k += 1) {
    const place = ((total - 1) * k) / parts;
    const lower = Math.floor(place);
    while (before + (own[index]?.first ?? 0) <= lower) {
      before += own[index]?.first ?? 0;
      index += 1;
    }
    const value = own[index]?.value ?? 0;
    const isLast = before + (own[index]?.first ?? 0) === lower + 1;
    const next = isLast ? (own[index + 1]?.value ?? value) : value;
    quantiles.push(value === next ? value : value + (place - lower) * (next - value));
  }
  return quantiles;
}
