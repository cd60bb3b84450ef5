/** What is wrong, and what to do about it. */
export interface Fault {
  readonly found: string;
  readonly fix: string;
}

/** A fault, and where under its section of modelgate.yml it stands. */
export interface PlacedFault extends Fault {
  readonly path: readonly (string | number)[];
  /** Whether its key is meant rather than its value. */
  readonly key?: boolean;
}
