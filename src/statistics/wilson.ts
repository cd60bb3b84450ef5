import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Limits } from './limits.ts';

/**
 * The score interval of a proportion, two-sided at `level` (0 < level < 1); undefined of no trials.
 * Never leaves [0, 1]; touches its ends only when all trials agree.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function computeWilsonInterval(successes: number, trials: number, level: number): Limits | undefined {
  if (!(trials > 0)) return undefined;
  const z = quantile((1 + level) / 2, 0, 1);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
