/** Tells how far a pass over rows or bytes is, from 0 to 1; undefined or less than 0 where that is not known (yet). */
export type TellShare = () => number | undefined;

/** Where long passes are told, so that whoever waits can ask how far the one is that runs now. */
export class Pace {
  #running: readonly TellShare[] = [];

  /** A pass begins. Returns what ends it. */
  follow(tell: TellShare): () => void {
    this.#running = [...this.#running, tell];
    return () => {
      this.#running = this.#running.filter((other) => other !== tell);
    };
  }

  /** The share, from 0 to 1, of the pass that began last; undefined where none runs, and where its share is not known. */
  read(): number | undefined {
    const share = this.#running.at(-1)?.();
    return share === undefined || !(share >= 0) ? undefined : Math.min(1, share);
  }
}

/** How far work is, as a phrase for whoever waits; `whole` says what its passes go over, such as `12 rows`. */
export function describePace(pace: Pace, whole?: string): string | undefined {
  const share = pace.read();
  if (share === undefined) return undefined;
  return `this pass: ${Math.floor(share * 100)} %${whole === undefined ? '' : ` of ${whole}`}`;
}

/** What goes along with reading large files. */
export interface Attendance {
  /** Ends the reading, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far each pass is. */
  readonly pace?: Pace | undefined;
}
