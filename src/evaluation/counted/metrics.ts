import { requireMetric } from '../../config/metrics.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import { findFormula, type Scene } from './formulas.ts';
import { createSummation, listPresent } from './margins.ts';
import type { Kind } from './part.ts';
import { explainUndefined } from './reasons.ts';

/** Several metrics of the same kinds on one side, for any counts of them. */
export interface SideMetrics {
  /** One value for each request, NaN where it is not defined. */
  compute(counts: ArrayLike<number>): number[];
  /** Why the request at a place is not defined for these counts. */
  explain(counts: ArrayLike<number>, at: number): string;
}

/** Prepares metrics of one side (its place among the answers). */
export function createSideMetrics(
  kinds: readonly Kind[],
  at: number,
  requests: readonly MetricRequest[],
  { classes, costs }: Pick<JoinedTable, 'classes' | 'costs'>,
): SideMetrics {
  const { margins, fill } = createSummation(kinds, at, classes.length, costs);
  const present = listPresent(kinds, at);
  const asked = requests.map((request) => {
    const { compute, beta } = findFormula(request.name);
    const scene: Scene = { margins, present, positive: findPlace(classes, request.positive), beta };
    return { request, compute, scene };
  });
  return {
    compute(counts) {
      fill(counts);
      return asked.map(({ compute, scene }) => compute(scene));
    },
    explain(counts, place) {
      fill(counts);
      const found = asked[place];
      if (!found) throw new Error(`there is no request ${place}`);
      return explainUndefined(found.scene, classes, found.request);
    },
  };
}

/** Where a positive class stands among the classes; −1 where it is none of them. */
export function findPlace(classes: readonly string[], positive: string | undefined): number {
  return positive === undefined ? -1 : classes.indexOf(positive);
}

/** The ends between which a metric lies, and between which its difference to `factor` times another value of it lies. */
export function findRange(metric: string): readonly [least: number, greatest: number] {
  return requireMetric(metric).range;
}

/** The ends between which lies one value less `factor` times another, both of the same metric. `factor` is above 0. */
export function findDifferenceRange(metric: string, factor: number): readonly [least: number, greatest: number] {
  const [least, greatest] = findRange(metric);
  return [least - factor * greatest, greatest - factor * least];
}
