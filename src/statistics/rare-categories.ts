import type { BinnedCounts } from './quantile-bins.ts';

interface Pooled extends BinnedCounts {
  /** How many categories were put together. */
  readonly pooled: number;
}

/**
 * Puts the rarest categories together until the chi-square distribution holds well: no expected count below 1, and at most a
 * fifth of them below 5 (W. G. Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10 (1954)). As few
 * as it takes. Undefined where fewer than two are left of several.
 */
export function poolRareCategories({ first, second }: BinnedCounts): Pooled | undefined {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [n, m] = [sum(first), sum(second)];
  const cells = first
    .map((a, at) => ({ a, b: second[at] ?? 0 }))
    .filter(({ a, b }) => a + b > 0)
    .map(({ a, b }) => ({ a, b, all: a + b }));
  if (cells.length < 2) return { first: cells.map(({ a }) => a), second: cells.map(({ b }) => b), pooled: 0 };
  const sorted = cells.toSorted((one, other) => one.all - other.all);
  const low = (all: number, limit: number) => Number((all * n) / (n + m) < limit) + Number((all * m) / (n + m) < limit);
  let [small, tiny] = [0, 0];
  for (const { all } of sorted) [small, tiny] = [small + low(all, 5), tiny + low(all, 1)];
  let rest = { a: 0, b: 0, all: 0 };
  for (let pooled = 0; pooled < sorted.length; pooled += 1) {
    const own = pooled > 0 ? [low(rest.all, 5), low(rest.all, 1)] : [0, 0];
    const left = sorted.length - pooled + Number(pooled > 0);
    if (pooled !== 1 && left > 1 && tiny + (own[1] ?? 0) === 0 && (small + (own[0] ?? 0)) * 5 <= left * 2) {
      const kept = [...(pooled > 0 ? [rest] : []), ...sorted.slice(pooled)];
      return { first: kept.map(({ a }) => a), second: kept.map(({ b }) => b), pooled };
    }
    const next = sorted[pooled];
    if (!next) break;
    [small, tiny] = [small - low(next.all, 5), tiny - low(next.all, 1)];
    rest = { a: rest.a + next.a, b: rest.b + next.b, all: rest.all + next.all };
  }
  return undefined;
}
