import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Engine, type EngineOptions, openEngine } from '../../src/engine/connection.ts';
import { detectFormat, readTable, type Table } from '../../src/engine/tables.ts';
import { UserMistake } from '../../src/errors.ts';
import { SILENT } from '../../src/progress.ts';

/** A folder of files with an engine that may read all of those that were written before it was opened. */
export class Workshop {
  readonly folder: string;
  readonly #paths: string[] = [];
  readonly #engines: Engine[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workshop> {
    return new Workshop(await realpath(await mkdtemp(join(tmpdir(), 'modelgate-engine-'))));
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    this.allow(path);
    return path;
  }

  allow(path: string): void {
    this.#paths.push(path);
  }

  async engine(options: Partial<EngineOptions> = {}): Promise<Engine> {
    const library = { environment: process.env, progress: SILENT };
    const temporary = join(this.folder, 'temporary');
    const engine = await openEngine({ files: this.#paths, library, temporary, ...options });
    this.#engines.push(engine);
    return engine;
  }

  /** Reads a table as a stage does, with its rows. */
  async read(path: string): Promise<{ table: Table; rows: Record<string, unknown>[]; engine: Engine }> {
    const engine = await this.engine();
    const format = detectFormat(path) ?? 'csv';
    const table = await readTable(engine, { path, format, name: basename(path) });
    return { table, engine, rows: await engine.rows(`SELECT * FROM ${table.relation}`) };
  }

  /** Writes a file and returns the problems that reading it shows. */
  async problems(name: string, content: string | Uint8Array) {
    const path = await this.write(name, content);
    const error = await this.read(path).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UserMistake)) throw error ?? new Error(`${name} was read without a complaint`);
    return error.problems;
  }

  async close(): Promise<void> {
    for (const engine of this.#engines) await engine.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
