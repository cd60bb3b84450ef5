/** Seconds without a single byte after which a connection counts as dead. How slow a living one is does not matter. */
const SILENCE_S = 120;

/** Ends something when nothing has happened for too long. */
export class Patience {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  readonly #what: string;
  #timer: NodeJS.Timeout | undefined;
  /** Aborts when patience ends, or what it was made with aborts. */
  readonly signal: AbortSignal;

  constructor(what: string, signal?: AbortSignal, milliseconds: number = SILENCE_S * 1000) {
    this.#what = what;
    this.#milliseconds = milliseconds;
    this.signal = signal ? AbortSignal.any([this.#controller.signal, signal]) : this.#controller.signal;
  }

  /** Something happened, or is now waited for. */
  renew(): void {
    this.rest();
    const fault = new Error(`${this.#what}: no byte moved for ${this.#milliseconds / 1000} seconds`);
    this.#timer = setTimeout(() => this.#controller.abort(fault), this.#milliseconds);
  }

  /** Nothing is waited for. */
  rest(): void {
    clearTimeout(this.#timer);
  }
}

/** What `watchReading` gives. */
export interface WatchedReading {
  readonly signal: AbortSignal;
  /** The bytes of a body without the first `skip`. Time that its reader takes does not count. */
  pass(body: ReadableStream<Uint8Array>, skip: number): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Watches an answer from the request on. */
export function watchReading(signal?: AbortSignal, milliseconds?: number): WatchedReading {
  const patience = new Patience('the download', signal, milliseconds);
  patience.renew();
  return {
    signal: patience.signal,
    async *pass(body, skip) {
      let missing = skip;
      const reader = body.getReader();
      try {
        for (;;) {
          patience.renew();
          const { done, value } = await reader.read();
          patience.rest();
          if (done) return;
          const dropped = Math.min(missing, value.length);
          missing -= dropped;
          if (dropped < value.length) yield dropped === 0 ? value : value.subarray(dropped);
        }
      } finally {
        patience.rest();
        await reader.cancel().catch(() => {});
      }
    },
  };
}
