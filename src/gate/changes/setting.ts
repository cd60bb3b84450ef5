/** A key of the file that bears on the verdict; `text` is null where the file says nothing. */
export interface Setting {
  readonly id: string;
  readonly text: string | null;
  /** How strict a value is, where that can be said; greater is stricter. */
  readonly rank?: number;
}

/** The order of names says nothing. */
export function renderNames(names: readonly string[] | undefined): string | null {
  return names && names.length > 0 ? [...names].sort().join(', ') : null;
}
