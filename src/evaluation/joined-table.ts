import type { Task } from '../config/schema/modelgate.ts';
import type { ScoreColumns } from './score-columns.ts';

/** One model's answers: 0 is the candidate; 1, where there is one, the baseline. */
export type Side = 0 | 1;

/**
 * The temporary table `joined`: one row for each id that the labels and all sides have. Its columns:
 * - `truth`: in a classification the place of the true class in `classes` (INTEGER), else the true number (DOUBLE);
 * - `predicted_0`, `predicted_1`: the answer of each side, likewise;
 * - `score_<side>_<i>` (DOUBLE): the i-th of `scores.columns`; `low_<side>`, `high_<side>` (DOUBLE): a predicted interval;
 * - `weight` (DOUBLE, at least 0) where `weighted`; `cluster` (BIGINT from 0, without gaps) where `clustered`;
 * - `query` (VARCHAR) in a ranking; `slice_<i>` (VARCHAR, never NULL); `id` (VARCHAR) where there are two sides.
 */
export interface JoinedTable {
  readonly task: Task;
  readonly sides: readonly Side[];
  readonly rows: number;
  /** As text, in the order of their code units: all that labels and sides name. Empty without classes. */
  readonly classes: readonly string[];
  readonly scores: ScoreColumns | undefined;
  readonly hasLimits: boolean;
  readonly weighted: boolean;
  readonly clustered: boolean;
  /** What a row costs by the places of its true and of its predicted class. */
  readonly costs: readonly (readonly number[])[] | undefined;
}

/** The column of a side's answer. */
export function namePredicted(side: Side): string {
  return `predicted_${side}`;
}

/** The column of the i-th score of a side. */
export function nameSideScore(side: Side, index: number): string {
  return `score_${side}_${index}`;
}

/** The columns of the limits of a side's predicted interval. */
export function nameLow(side: Side): string {
  return `low_${side}`;
}

export function nameHigh(side: Side): string {
  return `high_${side}`;
}

/** The i-th column that slices or groups. */
export function nameSlice(index: number): string {
  return `slice_${index}`;
}

/** Whether every row is a unit that counts as much as any other, so that exact tests hold. */
export function isPlain({ weighted, clustered }: Pick<JoinedTable, 'weighted' | 'clustered'>): boolean {
  return !weighted && !clustered;
}
