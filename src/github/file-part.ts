import { open } from 'node:fs/promises';
import { Patience } from './patience.ts';

/** Bytes that are read and handed over at a time. */
const CHUNK = 128 * 1024;

/** Where bytes lie. */
export interface Part {
  readonly file: string;
  readonly start: number;
  readonly length: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Bytes of a file as the body of a request. Every time that it is sent it is read anew, so a request that a limit of
 * GitHub's refused can be sent again; a stream could not. fetch takes the next chunk when the one before has gone out,
 * so time without a chunk is time without a byte.
 */
export class FilePart {
  readonly #part: Part;
  readonly #patience: Patience;

  constructor(part: Part, silence?: number) {
    this.#part = part;
    this.#patience = new Patience('the upload', part.signal, silence);
  }

  /** Aborts when no byte moves, or what the part was made with aborts. */
  get signal(): AbortSignal {
    return this.#patience.signal;
  }

  /** Ends the watch: the answer is there. */
  close(): void {
    this.#patience.rest();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const { file, start, length } = this.#part;
    this.#patience.renew();
    const handle = await open(file, 'r');
    try {
      for (let sent = 0; sent < length; ) {
        const chunk = Buffer.allocUnsafe(Math.min(CHUNK, length - sent));
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, start + sent);
        if (bytesRead === 0) throw new Error(`${file} ended ${length - sent} bytes too early`);
        sent += bytesRead;
        this.#patience.renew();
        yield chunk.subarray(0, bytesRead);
      }
      // The server may now take its time to store what it has.
      this.#patience.renew();
    } finally {
      await handle.close();
    }
  }
}
