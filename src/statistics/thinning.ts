/** x, y, and the rows of the point. */
export type CurvePoint = [x: number, y: number, rows: number];

/** Calls `visit` with the points of a curve in their order; the same ones each time. */
export type VisitPoints = (visit: (x: number, y: number, rows: number) => void) => void;

/**
 * At most `most` points of a curve (at least 3), by equal steps along it, measured by |Δx| + |Δy|. The first and the last
 * are kept.
 */
export function thinCurve(visitPoints: VisitPoints, most: number): CurvePoint[] {
  const { length, count } = measure(visitPoints);
  const points: CurvePoint[] = [];
  let last: CurvePoint | undefined;
  let [walked, next] = [0, 0];
  visitPoints((x, y, rows) => {
    if (last) walked += Math.abs(x - last[0]) + Math.abs(y - last[1]);
    last = [x, y, rows];
    if (count > most && points.length > 0 && walked < next) return;
    points.push(last);
    // The last point may come on top.
    next = walked + length / (most - 2);
  });
  if (last && points.at(-1) !== last) points.push(last);
  return points;
}

function measure(visitPoints: VisitPoints): { length: number; count: number } {
  let [length, count] = [0, 0];
  let last: readonly [number, number] | undefined;
  visitPoints((x, y) => {
    if (last) length += Math.abs(x - last[0]) + Math.abs(y - last[1]);
    last = [x, y];
    count += 1;
  });
  return { length, count };
}
