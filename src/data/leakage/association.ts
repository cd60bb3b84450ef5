/** How many rows of some value fall into one class, for the classes that occur, in any order. */
export type ClassCounts = readonly number[];

/**
 * How many rows are told right when each is told by the others of its group: by their commonest class, and not where two
 * classes are as common. Only rows of the group's commonest class can be right, and only if it stays the commonest without
 * one of them; so a row that is alone in its group is never told.
 */
export function countTold(counts: ClassCounts): number {
  const [top = 0, second = 0] = counts.toSorted((a, b) => b - a);
  return top > 1 && top - 1 > second ? top : 0;
}

/**
 * Goodman and Kruskal's lambda: the share of the errors of always telling the commonest class that a column saves, 0 to 1.
 * Always telling the commonest class is right for `commonest` of `rows`.
 * Source: L. Goodman and W. Kruskal, "Measures of association for cross classifications", JASA 49 (1954).
 */
export function computeLambda(told: number, commonest: number, rows: number): number {
  return rows === commonest ? 0 : Math.max(0, (told - commonest) / (rows - commonest));
}

/** Sums over rows of two ranks a and b. */
export interface RankSums {
  readonly n: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly aa: bigint;
  readonly ab: bigint;
  readonly bb: bigint;
}

/** Spearman's rank correlation from sums of the ranks, ties having their mean rank, −1 to 1; 0 where one does not vary. */
export function computeSpearman({ n, a, b, aa, ab, bb }: RankSums): number {
  const [first, second] = [Number(n * aa - a * a), Number(n * bb - b * b)];
  return first === 0 || second === 0 ? 0 : Number(n * ab - a * b) / (Math.sqrt(first) * Math.sqrt(second));
}

/** Sums over groups of rows with ranks. */
export interface RankGroups {
  readonly groups: number;
  readonly rows: number;
  /** Of the ranks of all rows. */
  readonly sum: number;
  /** Over groups: the square of the sum of a group's ranks, by the rows of the group. */
  readonly between: number;
  /** Of the squared ranks of all rows. */
  readonly squares: number;
}

/**
 * The correlation ratio of ranks over groups, corrected for the number of groups, 0 to 1: the root of Kelley's epsilon
 * squared.
 * Source: T. Kelley, "An unbiased correlation ratio measure", PNAS 21 (1935).
 */
export function computeCorrelationRatio({ groups, rows, sum, between, squares }: RankGroups): number {
  const total = squares - sum ** 2 / rows;
  if (total <= 0 || rows <= groups) return 0;
  const unexplained = (squares - between) / (rows - groups) / (total / (rows - 1));
  return Math.sqrt(Math.max(0, 1 - unexplained));
}
