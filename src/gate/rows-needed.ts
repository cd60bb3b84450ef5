import { findNormalLimit } from '../statistics/normal.ts';
import type { Claim, Finding } from './claims.ts';

/** More rows than this are not reasonable to label. */
const MAX_ROWS = 1e9;
const MAX_GROWTH = 1000;

/**
 * The rows, of the kind at hand, at which a claim that is open would be settled if its number stayed what it is: limits narrow
 * with the root of the rows, so n · (half width / distance to the line)², rounded up to two digits. Null where that is over 1000
 * times as many, or 10⁹; undefined where there are no limits to tell by. The number moves with new rows, so that they settle it
 * about every other time.
 */
export function computeRowsNeeded({ line, estimate }: Claim, finding: Finding, n: number): number | null | undefined {
  const ratio = finding.sign ? findSignRatio(finding) : findLimitRatio(estimate.value, line, finding);
  if (ratio === undefined) return undefined;
  const rows = Math.max(n + 1, n * ratio ** 2);
  if (!(rows <= Math.min(MAX_ROWS, MAX_GROWTH * n))) return null;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(rows)) - 1);
  return Math.ceil(rows / step - 1e-9) * step;
}

function findLimitRatio(value: number, { at }: Claim['line'], { limits }: Finding): number | undefined {
  if (!limits) return undefined;
  const distance = Math.abs(value - at);
  return (value > at ? value - limits.low : limits.high - value) / distance;
}

/** The exact test's probability falls as that of a normal number does whose distance grows with the root of the rows. */
function findSignRatio({ sign, error }: Finding): number {
  const smaller = Math.min(sign?.above ?? 1, sign?.below ?? 1);
  return smaller < 0.5 ? findNormalLimit(error) / findNormalLimit(smaller) : Number.POSITIVE_INFINITY;
}
