import type { Estimate } from '../../statistics/estimate.ts';
import { computeMcNemar, computePairedLimits } from '../../statistics/paired-proportion.ts';
import { isPlain, type JoinedTable } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import { createSideMetrics, findDifferenceRange, findPlace } from './metrics.ts';
import type { CountedPart } from './part.ts';
import { countDiscordance, findProportion, type Proportion } from './proportions.ts';
import { createKindLimits } from './resampling.ts';

/** The tail of intervals in evidence, whose method an estimate names. */
const USUAL_TAIL = 0.025;

/**
 * The candidate's metric less `factor` times the baseline's, on the same rows. A share of rows that the truth picks has
 * limits for paired proportions; all else is resampled, both answers of a row together.
 */
export function contrastMetric(
  part: CountedPart,
  request: MetricRequest,
  factor: number,
  table: JoinedTable,
): Estimate | Unmeasured {
  if (part.fault !== undefined) return { reason: part.fault };
  const { kinds } = part;
  const counts = kinds.map(({ count }) => count);
  const sides = ['candidate', 'baseline'].map((name, at) => ({
    name,
    metrics: createSideMetrics(kinds, at, [request], table),
  }));
  const subtract = (given: ArrayLike<number>) => {
    const [candidate = Number.NaN, baseline = Number.NaN] = sides.flatMap(({ metrics }) => metrics.compute(given));
    return [candidate - factor * baseline];
  };
  const [value = Number.NaN] = subtract(counts);
  if (!Number.isFinite(value)) {
    const lacking = sides.filter(({ metrics }) => !metrics.compute(counts).every(Number.isFinite));
    return { reason: lacking.map(({ name, metrics }) => `of the ${name}, ${metrics.explain(counts, 0)}`).join('; ') };
  }
  const proportion = findProportion(request.name, findPlace(table.classes, request.positive));
  if (proportion?.byTruth && factor === 1 && isPlain(table)) {
    return { value, n: part.n, ...describePaired(part, proportion) };
  }
  const ranges = [findDifferenceRange(request.name, factor)];
  const resampled = createKindLimits({ ...part, compute: subtract, ranges }, table);
  return {
    value,
    n: part.n,
    method: resampled.method,
    computeLimits: (tail) => resampled.compute(0, tail),
  };
}

function describePaired(
  part: CountedPart,
  proportion: Proportion,
): Pick<Estimate, 'method' | 'computeLimits' | 'sign'> {
  const { trials, onlyFirst, onlySecond } = countDiscordance(part, proportion);
  return {
    method: computePairedLimits(onlyFirst, onlySecond, trials, USUAL_TAIL).method,
    computeLimits: (tail) => computePairedLimits(onlyFirst, onlySecond, trials, tail).limits,
    sign: computeMcNemar(onlyFirst, onlySecond),
  };
}
