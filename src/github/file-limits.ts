import { show } from './archive-entries.ts';

/** What is read of the files of a commit at most, so that nothing of a stranger's fills the memory. Sizes in bytes. */
export interface FileLimits {
  /** Of the archive as it is sent. */
  readonly packed: number;
  /** Of all files together. */
  readonly bytes: number;
  /** Of one file. */
  readonly file: number;
  readonly files: number;
}

/** Tens of thousands of small files. */
export const FILE_LIMITS: FileLimits = {
  packed: 64 * 1024 ** 2,
  bytes: 256 * 1024 ** 2,
  file: 1024 ** 2,
  files: 50_000,
};

/** Files by their path from the root of the repository. */
export type Files = ReadonlyMap<string, Buffer>;

/** Files of a commit, as far as the limits allow. */
export class FileCollection {
  readonly #limits: FileLimits;
  readonly #files = new Map<string, Buffer>();
  readonly #paths = new Set<string>();
  #bytes = 0;

  constructor(limits: FileLimits) {
    this.#limits = limits;
  }

  /** Counts a file that is to be read. Says why it must not be; undefined when nothing speaks against it. */
  announce(path: string, size: number): string | undefined {
    const limits = this.#limits;
    const parts = path.split('/');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    if (/[\\\u0000-\u001f\u007f]/.test(path) || parts.some((part) => part === '' || part === '.' || part === '..')) {
      return `${show(path)} is no plain path`;
    }
    if (this.#paths.has(path)) return `${show(path)} is there twice`;
    if (size > limits.file) return `${show(path)} has ${size} bytes, where ${limits.file} are read at most`;
    this.#paths.add(path);
    this.#bytes += size;
    if (this.#bytes > limits.bytes) return `the files have more than ${limits.bytes} bytes together`;
    return this.#paths.size > limits.files ? `there are more than ${limits.files} files` : undefined;
  }

  take(path: string, content: Buffer): void {
    this.#files.set(path, content);
  }

  get files(): Files {
    return this.#files;
  }
}
