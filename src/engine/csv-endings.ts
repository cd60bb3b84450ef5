import { LINE_FEED, RETURN } from './csv-bytes.ts';
import { describeMixedEndings, type LineEnding } from './csv-faults.ts';
import type { FaultList } from './fault-list.ts';

/** Watches how lines end, and tells the first one that ends otherwise than those before it. */
export class EndingWatch {
  ending: LineEnding | undefined;
  #mixed = false;
  readonly #faults: FaultList;

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  /** Whether a line ends here as all lines did so far. */
  isUsual(bytes: Uint8Array, index: number): boolean {
    if (bytes[index] === LINE_FEED) return this.ending === '\n';
    return this.ending === '\r\n' && bytes[index] === RETURN && bytes[index + 1] === LINE_FEED;
  }

  /** Notes the ending of a line, by its number from 1. */
  note(ending: LineEnding, line: number): void {
    this.ending ??= ending;
    if (this.ending === ending || this.#mixed) return;
    this.#mixed = true;
    this.#faults.add(describeMixedEndings(line, ending, this.ending));
  }
}
