import { FRACTION_BITS } from '../../statistics/moments.ts';
import type { Calibration, CalibrationCell } from './part.ts';
import { BINS } from './part.ts';

/** The calibration errors of several groups from counts of rows by cell, the cells of all groups one after the other. */
export type ComputeErrors = (counts: ArrayLike<number>) => Float64Array;

/**
 * Prepares the expected calibration error of one side for each group: over the bins of the top score, the mean distance
 * between how often it was right and how sure it was. NaN of a group without rows. Each cell keeps the mean score of its
 * rows when its count changes, which makes resampling approximate.
 * Source: C. Guo et al., "On calibration of modern neural networks", ICML (2017), equation 3.
 */
export function createErrors(groups: readonly Calibration[], side: number): ComputeErrors {
  const cells = groups.flatMap(({ cells: own }, group) => own.map((cell) => ({ cell, group })));
  const places = Int32Array.from(cells, ({ cell, group }) => group * BINS + (cell.bins[side] ?? 0));
  const gaps = Float64Array.from(cells, ({ cell }) => computeMeanGap(cell, side));
  const weights = Float64Array.from(cells, ({ cell }) => cell.weight);
  const sums = new Float64Array(groups.length * BINS);
  return (counts) => {
    sums.fill(0);
    const totals = new Float64Array(groups.length);
    for (const [at, place] of places.entries()) {
      const count = counts[at] ?? 0;
      const group = Math.floor(place / BINS);
      sums[place] = (sums[place] ?? 0) + count * (gaps[at] ?? 0);
      totals[group] = (totals[group] ?? 0) + count * (weights[at] ?? 0);
    }
    return totals.map((total, group) => {
      let error = 0;
      for (let bin = 0; bin < BINS; bin += 1) error += Math.abs(sums[group * BINS + bin] ?? 0);
      return error / total;
    });
  };
}

/** How far a row of the cell is above its top score on average, times its weight. */
function computeMeanGap({ gaps, count }: CalibrationCell, side: number): number {
  return (Number(gaps[side] ?? 0n) / count) * 2 ** -FRACTION_BITS;
}
