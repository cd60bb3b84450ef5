import { renderClassNames } from '../class-names.ts';
import {
  computeRate,
  FALSE_POSITIVE,
  type GroupCounts,
  PREDICTIVE,
  type Rate,
  SELECTION,
  TRUE_POSITIVE,
} from './rates.ts';

/** A metric between groups: the worst over its rates of how far the groups' rates are apart. */
export interface Measure {
  readonly rates: readonly Rate[];
  /** A difference is largest less smallest, worst at the top; a ratio smallest over largest, worst at the bottom. */
  readonly kind: 'difference' | 'ratio';
}

/** By the first half of a metric's name. */
const RATES: Readonly<Record<string, readonly Rate[]>> = {
  // fairlearn's demographic_parity_difference and demographic_parity_ratio, method="between_groups"
  'demographic-parity': [SELECTION],
  // fairlearn's equalized_odds_difference and equalized_odds_ratio, agg="worst_case"
  'equalized-odds': [TRUE_POSITIVE, FALSE_POSITIVE],
  // fairlearn's equal_opportunity_difference and equal_opportunity_ratio
  'equal-opportunity': [TRUE_POSITIVE],
  // Precision by group. A. Chouldechova, "Fair prediction with disparate impact", Big Data 5 (2017), definition 2
  'predictive-parity': [PREDICTIVE],
};

/** The measure of a metric's name; undefined where it is none of these. */
export function findMeasure(metric: string): Measure | undefined {
  const [, base = '', kind] = /^(.+)-(difference|ratio)$/.exec(metric) ?? [];
  const rates = Object.hasOwn(RATES, base) ? RATES[base] : undefined;
  return rates && (kind === 'difference' || kind === 'ratio') ? { rates, kind } : undefined;
}

/**
 * NaN where a group's rate is not defined, or a ratio is 0/0: neither is evidence that groups are treated alike. fairlearn
 * leaves the one out or counts it as 0, and leaves the other out.
 */
export function computeMeasure({ rates, kind }: Measure, groups: readonly GroupCounts[]): number {
  let worst = kind === 'difference' ? 0 : 1;
  for (const own of rates) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const group of groups) {
      const rate = computeRate(own, group);
      if (!Number.isFinite(rate)) return Number.NaN;
      low = Math.min(low, rate);
      high = Math.max(high, rate);
    }
    if (kind === 'difference') worst = Math.max(worst, high - low);
    else if (high === 0) return Number.NaN;
    else worst = Math.min(worst, low / high);
  }
  return worst;
}

/** Groups named one by one in a reason. */
const MAX_NAMED = 5;

/** Why `computeMeasure` gives NaN: the groups that lack rows, by name, or what none of them has. */
export function explainMeasure(
  { rates }: Measure,
  groups: ReadonlyMap<string, GroupCounts>,
  column: string,
  positive: string,
): string {
  const quoted = `\`${positive}\``;
  for (const rate of rates) {
    const names = [...groups].filter(([, group]) => !Number.isFinite(computeRate(rate, group))).map(([name]) => name);
    if (names.length === 0) continue;
    const [word, has] = names.length === 1 ? ['group', 'has'] : ['groups', 'have'];
    return `the ${word} ${renderClassNames(names, MAX_NAMED)} of \`${column}\` ${has} no ${rate.nameAsked(quoted)}`;
  }
  const zero = rates.find((rate) => [...groups.values()].every((group) => computeRate(rate, group) === 0));
  return `no group of \`${column}\` has a ${zero?.nameCounted(quoted)}, and 0 over 0 is no ratio`;
}
