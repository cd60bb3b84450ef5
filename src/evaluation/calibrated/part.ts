import type { Unmeasured } from '../sources.ts';

/** Rows of one part whose top scores fall into the same bins and are right, or tied, alike; with the same weight and cluster. */
export interface CalibrationCell {
  readonly count: number;
  /** What one of its rows counts. */
  readonly weight: number;
  readonly cluster: number | undefined;
  /** By side, the bin of the top score, from 0. */
  readonly bins: readonly number[];
  /** By side, how many scores share the top where the truth is among them, and 0 where it is not. */
  readonly rights: readonly number[];
  /** By side, how far the rows are above their top scores, added up, times their weights: multiples of 2^−60. */
  readonly gaps: readonly bigint[];
}

/** All that calibration errors know of some rows, by one way of binning. */
export interface Calibration {
  /** In an order that depends on nothing but what they hold. */
  readonly cells: readonly CalibrationCell[];
  /** Why there are no limits, where the rows are too unlike each other to be resampled. */
  readonly frozen?: string;
}

/** By the way of binning; absent where nobody asked. */
export interface CalibratedPart {
  readonly equal?: Calibration | Unmeasured;
  readonly adaptive?: Calibration | Unmeasured;
}

/** Bins of the top score. */
export const BINS = 15;

/** The ways of binning, by the metric that asks for them. */
export const BINNINGS: Readonly<Record<string, keyof CalibratedPart>> = {
  ece: 'equal',
  'adaptive-ece': 'adaptive',
  'calibration-difference': 'equal',
};
