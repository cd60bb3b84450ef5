import type { CheckedType } from '../../data/checks/checks.ts';

/** So many values of a column are listed at most: more are no small set of classes. */
export const MAX_VALUES = 20;

/** What a column of the test set holds. What was not looked at is absent. */
export interface ColumnProfile {
  readonly name: string;
  /** The narrowest type that every value has; absent also where they have none in common. */
  readonly type?: CheckedType;
  /** Rows without a value. */
  readonly missing?: number;
  /** Whether every row has a value, and no two the same. */
  readonly unique?: boolean;
  /** Every value as text with its number of rows, the most frequent first, where there are at most `MAX_VALUES`. */
  readonly values?: readonly { readonly text: string; readonly rows: number }[];
}

/** The test set as far as it could be looked at. */
export interface LabelsProfile {
  readonly columns: readonly ColumnProfile[];
  readonly rows?: number;
  /** Why values were not looked at, as the rest of a sentence. */
  readonly unseen?: string;
}
