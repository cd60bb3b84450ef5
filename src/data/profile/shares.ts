import type { ColumnProfile } from '../../evidence/schema/profile.ts';

/** So many parts of about equal size, and texts, are told of a column; distances of distributions then to a hundredth. */
const MAX_PARTS = 100;
/** Of many columns fewer: twice as many as the ten that a stability index is taken over. */
const MIN_PARTS = 20;
/** Of all columns together. */
const ALL_PARTS = 4000;
/** A value or a part that fewer rows have may be somebody. */
export const MIN_COUNT = 5;

/** How many parts or texts are told of each of so many columns, so that no document is as large as its data. */
export function countParts(columns: number): number {
  return Math.max(MIN_PARTS, Math.min(MAX_PARTS, Math.floor(ALL_PARTS / Math.max(1, columns))));
}

/** How often one value occurs, or values up to this one and over the one before. */
export interface Counted<T> {
  readonly value: T;
  readonly count: number;
}

/** Numbers in ascending order with their counts, gathered into at most about `most` parts of five rows or more. */
export function gatherNumbers(
  low: number,
  counted: readonly Counted<number>[],
  most: number,
): NonNullable<ColumnProfile['numbers']> {
  const [upTo, counts]: [number[], number[]] = [[], []];
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const least = counted.length <= most + 2 ? MIN_COUNT : Math.max(MIN_COUNT, Math.ceil(total / most));
  let open = 0;
  let last = low;
  for (const { value, count } of counted) {
    if (count === 0) continue;
    open += count;
    last = value;
    if (open < least) continue;
    upTo.push(value);
    counts.push(open);
    open = 0;
  }
  if (open > 0 && upTo.length > 0) {
    // What is left over joins the part before.
    upTo[upTo.length - 1] = last;
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + open;
  } else if (open > 0) {
    upTo.push(last);
    counts.push(open);
  }
  return { low, upTo, counts };
}

/** The texts that five rows or more have, the `most` commonest first; undefined stands for one that is too long to be told. */
export function gatherTexts(
  counted: readonly Counted<string | undefined>[],
  most: number,
): NonNullable<ColumnProfile['categories']> {
  const told = counted
    .flatMap(({ value, count }) => (value === undefined || count < MIN_COUNT ? [] : [{ value, count }]))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, most);
  const sum = (counts: readonly { readonly count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
  return { values: told, others: { distinct: counted.length - told.length, count: sum(counted) - sum(told) } };
}
