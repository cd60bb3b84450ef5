import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserMistake } from '../../../src/errors.ts';
import { SILENT } from '../../../src/progress.ts';
import { type Fetched, type FetchVersion, fetchVersion } from '../../../src/registry/fetch/fetch.ts';
import { type Files, Released } from '../verify/released.ts';

/** A published version, and a folder that it is fetched into. */
export class Room implements AsyncDisposable {
  readonly released: Released;
  readonly root: string;
  /** Where it is fetched to; not there yet. */
  readonly folder: string;
  readonly cache: string;

  private constructor(released: Released, root: string) {
    this.released = released;
    this.root = root;
    this.folder = join(root, 'churn');
    this.cache = join(root, 'cache');
  }

  static async open(model?: Files): Promise<Room> {
    return new Room(await Released.open(model), await mkdtemp(join(tmpdir(), 'fetch-test-')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.released[Symbol.asyncDispose]();
    await rm(this.root, { recursive: true, force: true });
  }

  async fetch(more: Partial<FetchVersion> = {}): Promise<Fetched> {
    const { client, repository, event } = this.released.ask();
    const about = { client, repository, event, folder: this.folder, progress: SILENT };
    return await fetchVersion({ ...about, now: () => new Date('2026-11-23T00:00:00Z'), ...more });
  }

  /** Why fetching was refused. */
  async refuse(more: Partial<FetchVersion> = {}): Promise<string> {
    try {
      await this.fetch(more);
    } catch (error) {
      if (error instanceof UserMistake) return error.message;
      throw error;
    }
    throw new Error('It was fetched');
  }

  /** The paths of all files in the folder, without those that downloads are kept in. */
  async list(): Promise<string[]> {
    const all = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = all.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
    return files
      .map((path) => path.slice(this.folder.length + 1))
      .filter((path) => !path.startsWith('.modelgate-fetch'))
      .sort();
  }

  async read(path: string): Promise<Buffer> {
    return await readFile(join(this.folder, path));
  }

  /** Whether the model in the folder is the one that was published. */
  async holdsModel(): Promise<boolean> {
    const same = await Promise.all(
      Object.entries(this.released.model).map(async ([path, bytes]) => hash(await this.read(path)) === hash(bytes)),
    );
    return same.every(Boolean);
  }

  /** Downloads of assets so far, by how often GitHub was asked for bytes. */
  get downloads(): number {
    return this.released.assets.reduce((sum, { downloads }) => sum + downloads, 0);
  }
}

function hash(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
