import type { PlaceSums } from '../statistics/delong.ts';
import type { FixedSums } from '../statistics/moments.ts';

/** How many rows of one true class were given one predicted class. Classes are places in the list of classes. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
}

/** Rows whose top score falls into one bin and was right (credit 1), wrong (0) or tied with others (1 / how many). */
export interface CalibrationCell {
  readonly bin: number;
  readonly credit: number;
  readonly count: number;
  /** The mean of their top scores. */
  readonly confidence: number;
}

/** Sums over rows of |error|, of its square, and of the truth, less an offset that no variance sees. */
export interface ErrorSums {
  readonly absolute: FixedSums;
  readonly squared: FixedSums;
  readonly truth: FixedSums;
}

/** All that the metrics of some rows need to know of them: additive counts and sums, no rows. */
export interface Tally {
  readonly n: number;
  readonly cells: readonly Cell[];
  readonly logLoss?: FixedSums;
  readonly brier?: FixedSums;
  readonly calibration?: readonly CalibrationCell[];
  /** By positive class. */
  readonly places?: ReadonlyMap<string, PlaceSums>;
  readonly errors?: ErrorSums;
}

/** The tally of all rows, and those of the values of each column that slices or groups. */
export interface Tallies {
  /** As text, in the order of their code units; empty for a regression. */
  readonly classes: readonly string[];
  readonly whole: Tally;
  readonly columns: ReadonlyMap<string, readonly { readonly value: string; readonly tally: Tally }[]>;
}
