import type { InfluenceSums } from '../../statistics/influence.ts';
import type { PairedSteps } from '../../statistics/paired-steps.ts';
import type { Unmeasured } from '../sources.ts';

/** What is known of one metric on the rows of a part. */
export interface RankedMeasure {
  readonly kind: 'areas' | 'precisions';
  /** By side. */
  readonly values: readonly number[];
  /** By side, what the value is too high by, to be expected of so few rows; 0 for areas, which are right on average. */
  readonly biases: readonly number[];
  /** Of the candidate’s value less the baseline’s, and of the baseline’s; without a baseline the second is the candidate’s. */
  readonly sums: InfluenceSums;
  /** By side, the counts by which average precision is resampled, see `collectSteps`; without them its variance decides. */
  readonly steps: readonly (readonly number[])[] | undefined;
  /** Of differences: what both rankings are resampled by together; without it the variance decides. */
  readonly pairs: PairedSteps | undefined;
  /** Classes that are averaged. */
  readonly classes: number;
  /** Rows of the rarest class that is ranked; of areas, or of the rows that it is ranked against, if they are fewer. */
  readonly rarest: number;
}

/** What is known of the rows of a part: of each metric that was asked for, by its key. */
export interface RankedPart {
  readonly measures: ReadonlyMap<string, RankedMeasure | Unmeasured>;
}

/** What tells metrics apart. */
export function nameMeasure(name: string, positive: string | undefined): string {
  return JSON.stringify([name, positive ?? null]);
}
