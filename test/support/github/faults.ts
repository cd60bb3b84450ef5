/** A fault on demand. */
export interface FaultRequest {
  /** An operation id (`issues/create-comment`, `graphql`, `git/git-upload-pack`, `twirp/CreateArtifact`); every one without. */
  readonly operation?: string;
  /** Which of the matching requests is the first to be hit, from 1; those before pass. */
  readonly nth?: number;
  /** How many are hit; 1 without. */
  readonly times?: number;
  /**
   * `status`: another answer. `drop`: the connection ends without one. `delay`: the request waits for `release`.
   * `duplicate`: the request is handled twice, as when a proxy repeats it. `stale`: a list is as it was when it was last read.
   * `cut`: the request is handled, and the connection ends in the middle of the answer.
   */
  readonly kind: 'status' | 'drop' | 'delay' | 'duplicate' | 'stale' | 'cut';
  /** Before the request is handled (nothing happens), or after it (it has happened, and the client does not hear of it). */
  readonly when?: 'before' | 'after';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

/** A fault that was asked for. */
export interface Fault extends FaultRequest {
  readonly when: 'before' | 'after';
  /** How many requests it has hit. */
  readonly hits: number;
  /** Resolves when a request has been hit. */
  readonly reached: Promise<void>;
  /** Lets go of requests that `delay` holds, now and later. */
  release(): void;
  readonly released: Promise<void>;
}

/** The faults that tests ask for. */
export class Faults {
  readonly #faults: { fault: Fault & { hits: number }; seen: number; reach: () => void }[] = [];

  add(request: FaultRequest): Fault {
    const reached = createSignal();
    const released = createSignal();
    const fault = {
      ...request,
      when: request.when ?? ('before' as const),
      hits: 0,
      reached: reached.signal,
      released: released.signal,
      release: () => released.give(),
    };
    this.#faults.push({ fault, seen: 0, reach: () => reached.give() });
    return fault;
  }

  clear(): void {
    for (const { fault } of this.#faults.splice(0)) fault.release();
  }

  /** The faults that hit a request, which counts as one of theirs from now on. */
  match(operation: string): Fault[] {
    return this.#faults.flatMap((entry) => {
      const { fault } = entry;
      if (fault.operation !== undefined && fault.operation !== operation) return [];
      entry.seen += 1;
      const first = fault.nth ?? 1;
      if (entry.seen < first || entry.seen >= first + (fault.times ?? 1)) return [];
      fault.hits += 1;
      entry.reach();
      return [fault];
    });
  }
}

function createSignal(): { signal: Promise<void>; give(): void } {
  let give = () => {};
  const signal = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { signal, give };
}
