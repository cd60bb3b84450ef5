import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The large files of the stand-in, by digest, on disk. */
export class Objects {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  file(oid: string): string {
    if (!/^[0-9a-f]{64}$/.test(oid)) throw new Error(`${oid} is no digest`);
    return join(this.#folder, oid);
  }

  async has(oid: string): Promise<boolean> {
    return stat(this.file(oid)).then(
      () => true,
      () => false,
    );
  }

  /** Takes an upload, whole or a part of one. Its bytes. */
  async receive(request: IncomingMessage, oid: string, part: string): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    const file = `${this.file(oid)}.part-${part}`;
    await pipeline(request, createWriteStream(file));
    return (await stat(file)).size;
  }

  /** Puts the parts together and checks the digest, as the Hub does. False where it is another. */
  async complete(oid: string, parts: readonly string[]): Promise<boolean> {
    const [first = '', ...rest] = parts.map((part) => `${this.file(oid)}.part-${part}`);
    for (const part of rest) {
      for await (const chunk of createReadStream(part)) await appendFile(first, chunk);
      await rm(part);
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(first), hash);
    if (hash.digest('hex') !== oid) return false;
    await rename(first, this.file(oid));
    return true;
  }
}
