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

/** The name of the part with these values, one of each column of its view; see `renderPart`. */
export function namePart(values: readonly string[]): string {
  const [only = ''] = values;
  return values.length < 2 ? only : values.map((value) => value.replaceAll('×', '××')).join(INTERSECTION);
}

/**
 * SQL for the value of a row's part: `''` for the view of all rows. In an intersection a cross inside a value is doubled, so
 * that no two pairs of values read alike.
 */
export function renderPart({ columns }: View): string {
  const [first, second] = columns;
  if (first === undefined) return `''`;
  if (second === undefined) return first;
  return columns.map((column) => `replace(${column}, '×', '××')`).join(` || '${INTERSECTION}' || `);
}
