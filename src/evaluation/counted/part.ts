/** Rows of one true class with the same answers, in one unit. Classes are places in the list of classes. */
export interface Entry {
  readonly truth: number;
  /** By side. */
  readonly answers: readonly number[];
  /** What the rows of the entry weigh together; without weights, how many they are. */
  readonly mass: number;
}

/** Units that hold the same. A unit is what a resample draws as a whole: a row, a cluster, or a block of clusters. */
export interface Kind {
  /** One for each cell: no two are of the same class and have the same answers. */
  readonly entries: readonly Entry[];
  /** How many units are of this kind. */
  readonly count: number;
  /** Which clusters or blocks they are, where there are clusters: the same one can have rows in several parts. */
  readonly owners?: readonly number[];
}

/** All that count metrics know of the rows of one part. */
export interface CountedPart {
  readonly rows: number;
  /** Independent units: rows or clusters. */
  readonly n: number;
  /** In an order that depends on nothing but what they hold. */
  readonly kinds: readonly Kind[];
  /** Why units of these kinds cannot be resampled, where they cannot. */
  readonly frozen?: string;
  /** Why nothing can be computed, where nothing can. There are no kinds then. */
  readonly fault?: string;
}
