import type { CurvePoint, VisitPoints } from '../../statistics/thinning.ts';

/** Rows between two shown points at least, and steps of a whole test set at most. */
const [LEAST_ROWS, MOST_STEPS] = [50, 100];

/**
 * The rows that a step between two points of a curve holds at least where reports may show numbers and no row: a candidate
 * that gives chosen rows scores of their own reads their labels off a finer curve.
 */
export function computeStep(rows: number): number {
  return Math.max(LEAST_ROWS, Math.ceil(rows / MOST_STEPS));
}

/** Of points whose rows add up to `total`, those at least `step` rows from each other, from none and from all; and the ends. */
export function widenSteps(visitPoints: VisitPoints, step: number, total: number): VisitPoints {
  return (visit) => {
    let last = 0;
    visitPoints((x, y, rows) => {
      const isEnd = rows === 0 || rows === total;
      if (!isEnd && (rows - last < step || total - rows < step)) return;
      last = rows;
      visit(x, y, rows);
    });
  };
}

/** Bins next to each other in one until each has at least `step` rows. What is left at the end joins the last. */
export function mergeBins(bins: readonly CurvePoint[], step: number): CurvePoint[] {
  const merged: CurvePoint[] = [];
  for (const bin of bins) {
    const last = merged.at(-1);
    if (last && last[2] < step) merged[merged.length - 1] = join(last, bin);
    else merged.push(bin);
  }
  const [before, end] = merged.slice(-2);
  return before && end && end[2] < step ? [...merged.slice(0, -2), join(before, end)] : merged;
}

function join([x, y, rows]: CurvePoint, [otherX, otherY, others]: CurvePoint): CurvePoint {
  const all = rows + others;
  return [(x * rows + otherX * others) / all, (y * rows + otherY * others) / all, all];
}
