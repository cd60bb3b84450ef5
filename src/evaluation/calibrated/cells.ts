import type { Calibration, CalibrationCell } from './part.ts';

/** Puts cells in order, and makes one of those that are alike. */
export function arrangeCells(cells: readonly CalibrationCell[]): CalibrationCell[] {
  const arranged: CalibrationCell[] = [];
  for (const cell of [...cells].sort(compareCells)) {
    const last = arranged.at(-1);
    if (last && compareCells(last, cell) === 0) arranged[arranged.length - 1] = unite(last, cell);
    else arranged.push(cell);
  }
  return arranged;
}

/** What is known of one side, by its place. */
export function projectCells(calibration: Calibration, side: number): Calibration {
  const cells = calibration.cells.map((cell) => ({
    ...cell,
    bins: [cell.bins[side] ?? 0],
    rights: [cell.rights[side] ?? 0],
    gaps: [cell.gaps[side] ?? 0n],
  }));
  return { ...calibration, cells: arrangeCells(cells) };
}

function unite(first: CalibrationCell, second: CalibrationCell): CalibrationCell {
  return {
    ...first,
    count: first.count + second.count,
    gaps: first.gaps.map((gap, side) => gap + (second.gaps[side] ?? 0n)),
  };
}

function compareCells(a: CalibrationCell, b: CalibrationCell): number {
  const [first, second] = [a, b].map(({ cluster = -1, weight, bins, rights }) => [cluster, weight, ...bins, ...rights]);
  for (const [at, value] of (first ?? []).entries()) {
    const order = value - (second?.[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
