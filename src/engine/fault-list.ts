import { type Problem, UserMistake } from '../errors.ts';

/** So many faults of one file are shown; the rest is counted. */
const SHOWN = 5;

interface Fault {
  readonly line: number;
  readonly found: string;
  readonly fix?: string;
}

/** Collects the faults of a file: keeps the first few that were found, and counts all. */
export class FaultList {
  readonly #kept: Fault[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(fault: Fault): void {
    this.#total += 1;
    if (this.#kept.length < SHOWN) this.#kept.push(fault);
  }

  /** The kept ones by line as problems of this file, and one more that counts the others. */
  toProblems(file: string): Problem[] {
    const sorted = this.#kept.toSorted((one, other) => one.line - other.line);
    const shown = sorted.map((fault) => ({ file, ...fault }));
    const others = this.#total - shown.length;
    return others > 0 ? [...shown, { file, found: `${others} more like these (${this.#total} in all)` }] : shown;
  }

  /** Throws UserMistake unless there is none. */
  throwIfAny(file: string): void {
    if (this.#total > 0) throw new UserMistake(this.toProblems(file));
  }
}
