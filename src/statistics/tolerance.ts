import type { Limits, NoLimits } from './limits.ts';

/**
 * Limits of a difference to `factor` times a baseline, such as a tolerance in percent asks for. They are there only where the
 * plain difference has limits: a share of the baseline varies even where hardly a unit tells the two apart, and then the
 * tolerance would pass with nothing seen of what it is about.
 */
export function limitTolerance(
  factor: number,
  limit: (of: 'tolerance' | 'difference') => Limits | NoLimits,
): Limits | NoLimits {
  const plain = factor === 1 ? undefined : limit('difference');
  return plain && 'reason' in plain ? plain : limit('tolerance');
}
