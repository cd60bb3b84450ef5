/** A request to stop, which is made once and never taken back. */
export class Cancellation {
  readonly #handlers = new Set<() => void>();
  #requested = false;

  get requested(): boolean {
    return this.#requested;
  }

  request(): void {
    if (this.#requested) return;
    this.#requested = true;
    for (const handler of this.#handlers) handler();
    this.#handlers.clear();
  }

  /** Calls the handler when the request is made, at once if it has been; the answer takes the handler away. */
  onRequest(handler: () => void): () => void {
    if (this.#requested) {
      handler();
      return () => {};
    }
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }
}
