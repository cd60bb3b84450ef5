import { FRACTION_BITS } from '../../statistics/moments.ts';
import { BINS, type Calibration } from './part.ts';

/** The independent units of some cells. Those of a cell are alike; with clusters each is one, with its cells in it. */
export interface CalibrationUnits {
  readonly counts: Float64Array;
  readonly masses: Float64Array;
  /** What all units weigh. */
  readonly total: number;
  readonly cells: readonly UnitCell[];
}

/** What a unit holds of a cell. */
export interface UnitCell {
  readonly unit: number;
  /** By side, the bin, and how far its rows are above their top scores, added up, times their weights. */
  readonly bins: readonly number[];
  readonly gaps: readonly number[];
}

/** The signed gap of each bin of a side, as a share of all units, and its standard error. */
export interface BinGaps {
  readonly gaps: Float64Array;
  readonly errors: Float64Array;
}

/** Sorts cells by unit. Each cell keeps the mean score of its rows, so that what they spread by inside it is left out. */
export function arrangeUnits({ cells }: Calibration, clustered: boolean): CalibrationUnits {
  const clusters = [...new Set(cells.map(({ cluster = -1 }) => cluster))];
  const numbers = new Map(clusters.map((cluster, at) => [cluster, at]));
  const size = clustered ? clusters.length : cells.length;
  const counts = new Float64Array(size).fill(1);
  const masses = new Float64Array(size);
  const own = cells.map((cell, at): UnitCell => {
    const unit = clustered ? (numbers.get(cell.cluster ?? -1) ?? 0) : at;
    if (!clustered) counts[unit] = cell.count;
    const rows = clustered ? cell.count : 1;
    masses[unit] = (masses[unit] ?? 0) + rows * cell.weight;
    return {
      unit,
      bins: cell.bins,
      gaps: cell.gaps.map((gap) => (Number(gap) / cell.count) * rows * 2 ** -FRACTION_BITS),
    };
  });
  const total = masses.reduce((sum, mass, unit) => sum + mass * (counts[unit] ?? 0), 0);
  return { counts, masses, total, cells: own };
}

/** The gaps of one side, by its place. */
export function computeGaps({ counts, masses, total, cells }: CalibrationUnits, side: number): BinGaps {
  const gaps = new Float64Array(BINS);
  // By unit and bin: with clusters a unit may have several cells in a bin.
  const held = new Map<number, number>();
  for (const { unit, bins, gaps: own } of cells) {
    const bin = bins[side] ?? 0;
    const gap = own[side] ?? 0;
    gaps[bin] = (gaps[bin] ?? 0) + ((counts[unit] ?? 0) * gap) / total;
    held.set(unit * BINS + bin, (held.get(unit * BINS + bin) ?? 0) + gap);
  }
  let squaredMasses = 0;
  for (const [unit, mass] of masses.entries()) squaredMasses += (counts[unit] ?? 0) * mass * mass;
  // Σ (h − g m)² over all units, those without a row in the bin too.
  const errors = gaps.map((gap) => gap * gap * squaredMasses);
  for (const [key, gap] of held) {
    const [unit, bin] = [Math.floor(key / BINS), key % BINS];
    const mean = gaps[bin] ?? 0;
    errors[bin] = (errors[bin] ?? 0) + (counts[unit] ?? 0) * (gap * gap - 2 * gap * mean * (masses[unit] ?? 0));
  }
  return { gaps, errors: errors.map((square) => Math.sqrt(Math.max(0, square)) / total) };
}

/** What each unit adds where each bin counts with its sign: the sum over sides of sign × factor × gap. */
export function sumSigned(
  { cells, counts }: CalibrationUnits,
  sides: readonly { readonly side: number; readonly signs: ArrayLike<number>; readonly factor: number }[],
): Float64Array {
  const sums = new Float64Array(counts.length);
  for (const { unit, bins, gaps } of cells) {
    for (const { side, signs, factor } of sides) {
      sums[unit] = (sums[unit] ?? 0) + factor * (signs[bins[side] ?? 0] ?? 0) * (gaps[side] ?? 0);
    }
  }
  return sums;
}
