import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../../evidence/files.ts';
import type { WantedFile } from './sources.ts';

/** So many new bytes of a part are written before the note is: what a killed run downloads again at most, 8 MiB a part. */
const STEP = 8 * 1024 * 1024;
const MAX_NOTE_BYTES = 1024 * 1024;

/**
 * What lies in a half-downloaded file: of each part, by its digest, how many bytes are there from its beginning. It only
 * says where to go on; the digest of the whole part decides whether the bytes are the right ones.
 */
export class Note {
  readonly #path: string;
  readonly #there: number[];
  readonly #file: WantedFile;
  #noted = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, file: WantedFile, there: number[]) {
    this.#path = path;
    this.#file = file;
    this.#there = there;
  }

  /** Reads the note of a file; of another file, or of other parts, it begins anew. */
  static async open(path: string, file: WantedFile): Promise<Note> {
    const told = await readNote(path);
    const same = told?.sha256 === file.sha256 && told.parts.length === file.parts.length;
    const there = file.parts.map((part, index) => {
      const found = same ? told.parts[index] : undefined;
      const fits = found?.sha256 === part.sha256 && Number.isSafeInteger(found.bytes) && found.bytes <= part.size;
      return fits ? Math.max(0, found.bytes) : 0;
    });
    return new Note(path, file, there);
  }

  /** Bytes of a part that are there. */
  read(index: number): number {
    return this.#there[index] ?? 0;
  }

  /** Says how many bytes of a part are there now; writes it down every few MiB. */
  async set(index: number, bytes: number): Promise<void> {
    this.#noted += Math.abs(bytes - this.read(index));
    this.#there[index] = bytes;
    if (this.#noted >= STEP) await this.write();
  }

  /** Writes it down now. */
  async write(): Promise<void> {
    this.#noted = 0;
    this.#writing = this.#writing.then(() => writeAtomically(this.#path, this.#render()));
    await this.#writing;
  }

  #render(): string {
    const parts = this.#file.parts.map(({ sha256 }, index) => ({ sha256, bytes: this.read(index) }));
    return `${JSON.stringify({ sha256: this.#file.sha256, parts })}\n`;
  }
}

interface Told {
  readonly sha256: string;
  readonly parts: readonly { readonly sha256: string; readonly bytes: number }[];
}

/** What a note says; undefined of anything that is none, as after a power cut. */
async function readNote(path: string): Promise<Told | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MAX_NOTE_BYTES) return undefined;
    const told = JSON.parse(text) as Told;
    return Array.isArray(told.parts) ? told : undefined;
  } catch {
    return undefined;
  }
}
