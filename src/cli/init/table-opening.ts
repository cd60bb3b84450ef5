import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../engine/connection.ts';
import { detectFormat, readTable, type Table } from '../../engine/tables.ts';
import { describeFileFault, UserMistake } from '../../errors.ts';
import type { Flags, Terminal } from '../command.ts';

export interface OpenedFile {
  readonly engine: Engine;
  readonly table: Table;
  /** Absolute real path. */
  readonly path: string;
}

/** Opens one file of data and closes it behind `work`. Throws UserMistake where it cannot be read. */
export async function withTable<T>(
  { environment, progress, signal }: Terminal,
  name: string,
  { duckdb }: Pick<Flags, 'duckdb'>,
  work: (file: OpenedFile) => Promise<T>,
): Promise<T> {
  const path = await findFile(name);
  const format = detectFormat(path) ?? detectFormat(name);
  if (format === undefined) {
    const found = 'the name of the file does not say whether it is csv, parquet or jsonl';
    throw new UserMistake({ file: name, found, fix: 'Allowed endings: .csv, .parquet, .jsonl, .ndjson.' });
  }
  const library = { environment, progress, ...(duckdb === undefined ? {} : { override: duckdb }) };
  const temporary = await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-'));
  try {
    const engine = await openEngine({ files: [path], library, temporary, signal });
    try {
      return await work({ engine, table: await readTable(engine, { path, format, name }), path });
    } finally {
      await engine.close();
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function findFile(name: string): Promise<string> {
  try {
    const path = await realpath(name);
    if ((await stat(path)).isFile()) return path;
  } catch (error) {
    const reason = describeFileFault(error);
    if (reason === undefined) throw error;
    throw new UserMistake({ file: name, found: `this cannot be read: ${reason}` }, { cause: error });
  }
  throw new UserMistake({ file: name, found: 'this is not a file', fix: 'Name one csv, parquet or jsonl file.' });
}
