import { USUAL_TAIL } from '../../config/usual-level.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { computeMcNemar, computePairedLimits } from '../../statistics/paired-proportion.ts';
import { limitTolerance } from '../../statistics/tolerance.ts';
import { isPlain, type JoinedTable } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import { createSideMetrics, findDifferenceRange, findPlace } from './metrics.ts';
import type { CountedPart, Kind } from './part.ts';
import { countDiscordance, findProportion, type Proportion } from './proportions.ts';
import { createKindLimits } from './resampling.ts';

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
  const subtract = createSubtraction(kinds, request, factor, table);
  const [value = Number.NaN] = subtract(counts);
  if (!Number.isFinite(value)) {
    const lacking = sides.filter(({ metrics }) => !metrics.compute(counts).every(Number.isFinite));
    return { reason: lacking.map(({ name, metrics }) => `of the ${name}, ${metrics.explain(counts, 0)}`).join('; ') };
  }
  const proportion = findProportion(request.name, findPlace(table.classes, request.positive));
  if (proportion?.byTruth && factor === 1 && isPlain(table)) {
    return { value, n: part.n, ...describePaired(part, proportion) };
  }
  const ranges = [findDifferenceRange(request.name, factor), findDifferenceRange(request.name, 1)];
  const extend = (more: readonly Kind[]) => createSubtraction(more, request, factor, table);
  const resampled = createKindLimits({ ...part, compute: subtract, ranges, extend }, table);
  return {
    value,
    n: part.n,
    method: resampled.method,
    computeLimits: (tail) => limitTolerance(factor, (of) => resampled.compute(of === 'tolerance' ? 0 : 1, tail)),
  };
}

/** The difference to `factor` times the baseline's metric, and where that is not the plain difference, that too. */
function createSubtraction(kinds: readonly Kind[], request: MetricRequest, factor: number, table: JoinedTable) {
  const [own, other] = [0, 1].map((at) => createSideMetrics(kinds, at, [request], table));
  return (counts: ArrayLike<number>) => {
    const [candidate = Number.NaN] = own?.compute(counts) ?? [];
    const [baseline = Number.NaN] = other?.compute(counts) ?? [];
    return factor === 1 ? [candidate - baseline] : [candidate - factor * baseline, candidate - baseline];
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
