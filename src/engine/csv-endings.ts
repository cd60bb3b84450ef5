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

  /** The first byte of how all lines ended so far, where that is not a return alone. */
  get usual(): number | undefined {
    if (this.ending === '\n') return LINE_FEED;
    return this.ending === '\r\n' ? RETURN : undefined;
  }

  /** Notes the ending of a line, by its number from 1. */
  note(ending: LineEnding, line: number): void {
    this.ending ??= ending;
    if (this.ending === ending || this.#mixed) return;
    this.#mixed = true;
    this.#faults.add(describeMixedEndings(line, ending, this.ending));
  }
}
