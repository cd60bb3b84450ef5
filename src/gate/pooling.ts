import { USUAL_LEVEL, USUAL_TAIL } from '../config/usual-level.ts';
import { computeProportionLimits } from '../statistics/proportion.ts';
import type { Point } from './point.ts';

const MAX_LISTED = 10;

/** Metrics that are a mean over rows, and so known of several slices together; a root mean square is one of squares. */
const MEANS = ['accuracy', 'log-loss', 'brier', 'mae', 'mse'];

/**
 * The number of several slices’ rows together, where the numbers of the slices determine it: a mean over rows that count
 * alike. For the case that the rows themselves are not at hand.
 */
export function poolPoints(metric: string, points: readonly Point[], isWeighted: boolean): Point {
  const n = points.reduce((sum, point) => sum + point.n, 0);
  const root = metric === 'rmse';
  if (isWeighted || (!root && !MEANS.includes(metric))) {
    return { n, reason: `${metric} of small slices together does not follow from their own; lower \`min-rows\`` };
  }
  let total = 0;
  for (const point of points) {
    if ('reason' in point) return point;
    total += point.n * (root ? point.value * point.value : point.value);
  }
  if (n === 0) return { n, reason: 'there are no rows' };
  const value = root ? Math.sqrt(total / n) : total / n;
  if (metric !== 'accuracy') return { n, value };
  const { limits, method } = computeProportionLimits(Math.round(total), n, USUAL_TAIL);
  return { n, value, ...('reason' in limits ? {} : { interval: { ...limits, level: USUAL_LEVEL, method } }) };
}

/** The name of a pool: how many slice values it holds, and the first of them. */
export function namePool(values: readonly string[]): string {
  const shown = values.slice(0, MAX_LISTED).join(', ');
  const rest = values.length > MAX_LISTED ? `, and ${values.length - MAX_LISTED} more` : '';
  return `other (${values.length} ${values.length === 1 ? 'value' : 'values'}: ${shown}${rest})`;
}
