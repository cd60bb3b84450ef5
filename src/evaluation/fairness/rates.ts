/** What is counted of one group: rows of the positive class, other rows, rows predicted as it, and those rightly so. */
export interface GroupCounts {
  readonly positives: number;
  readonly negatives: number;
  readonly selected: number;
  readonly hits: number;
}

/** A share of some rows of a group. */
export interface Rate {
  /** The rows that it counts, and those that it is a share of. */
  count(group: GroupCounts): readonly [counted: number, asked: number];
  /** The rows that a group without the rate lacks. `positive` is the class in backticks. */
  nameAsked(positive: string): string;
  /** The rows that no group has where all rates are 0. */
  nameCounted(positive: string): string;
}

/** A group's share; NaN where there are no such rows. */
export function computeRate({ count }: Rate, group: GroupCounts): number {
  const [counted, asked] = count(group);
  return counted / asked;
}

/** The share of rows that are predicted as the positive class. */
export const SELECTION: Rate = {
  count: ({ selected, positives, negatives }) => [selected, positives + negatives],
  nameAsked: () => 'row that weighs anything',
  nameCounted: (positive) => `row that is predicted as ${positive}`,
};

/** Of the rows of the positive class, the share that is predicted as it: recall. */
export const TRUE_POSITIVE: Rate = {
  count: ({ hits, positives }) => [hits, positives],
  nameAsked: (positive) => `row of the class ${positive}`,
  nameCounted: (positive) => `row that is rightly predicted as ${positive}`,
};

/** Of the other rows, the share that is predicted as the positive class. */
export const FALSE_POSITIVE: Rate = {
  count: ({ selected, hits, negatives }) => [selected - hits, negatives],
  nameAsked: (positive) => `row outside the class ${positive}`,
  nameCounted: (positive) => `row that is wrongly predicted as ${positive}`,
};

/** Of the rows predicted as the positive class, the share that is of it: precision. */
export const PREDICTIVE: Rate = {
  count: ({ hits, selected }) => [hits, selected],
  nameAsked: (positive) => `row that is predicted as ${positive}`,
  nameCounted: (positive) => `row that is rightly predicted as ${positive}`,
};
