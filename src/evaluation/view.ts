/** What stands between the columns, and between the values, of an intersection. */
export const INTERSECTION = ' × ';

/** How the rows are parted: by the values of one column, or of two taken together. The view of all rows has one part, ''. */
export interface View {
  /** `''`, `island`, or `island × sex`. */
  readonly name: string;
  /** Columns of `joined`: none, `slice_0`, or two. */
  readonly columns: readonly string[];
}

/** Something about every part: by the name of the view, then by the value, both as text. */
export type ByPart<T> = ReadonlyMap<string, ReadonlyMap<string, T>>;

/** The name of a view by one column or two. */
export function nameView(slice: string | readonly string[]): string {
  return typeof slice === 'string' ? slice : slice.join(INTERSECTION);
}

/** SQL for the value of a row's part: `''` for the view of all rows. */
export function renderPart({ columns }: View): string {
  return columns.length === 0 ? `''` : columns.join(` || '${INTERSECTION}' || `);
}
