/** Two ends of an interval, `low` ≤ `high`. */
export interface Limits {
  readonly low: number;
  readonly high: number;
}

/** Why there is no interval, as a sentence without a final full stop. */
export interface NoLimits {
  readonly reason: string;
}
