/** A place in a file of the user's; `line` and `column` count from 1. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a key path is written; of a missing key, where its parent is. `key` asks for the key rather than its value. */
export type Locate = (path: readonly (string | number)[], part?: 'key' | 'value') => Spot;
