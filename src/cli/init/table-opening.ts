import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf } from '../../data/findings/wording.ts';
import { type Engine, openEngine } from '../../engine/connection.ts';
import { describePace, Pace } from '../../engine/pace.ts';
import { detectFormat, readTable, type Table } from '../../engine/tables.ts';
import { describeFileFault, UserMistake } from '../../errors.ts';
import { during } from '../../progress.ts';
import type { Flags, Terminal } from '../command.ts';
import { readMemory } from '../memory.ts';

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
  flags: Pick<Flags, 'duckdb' | 'memory'>,
  work: (file: OpenedFile) => Promise<T>,
): Promise<T> {
  const memory = readMemory(flags.memory);
  const path = await findFile(name);
  const format = detectFormat(path) ?? detectFormat(name);
  if (format === undefined) {
    const found = 'the name of the file does not say whether it is csv, parquet or jsonl';
    throw new UserMistake({ file: name, found, fix: 'Allowed endings: .csv, .parquet, .jsonl, .ndjson.' });
  }
  const library = { environment, progress, ...(flags.duckdb === undefined ? {} : { override: flags.duckdb }) };
  const pace = new Pace();
  const temporary = await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-'));
  try {
    const limits = memory === undefined ? {} : { memory };
    const engine = await openEngine({ files: [path], library, temporary, signal, pace, ...limits });
    const step = progress.start(`Reading ${name}`, () => describePace(pace));
    try {
      return await during(step, async () => {
        const table = await readTable(engine, { path, format, name }, { signal, pace });
        const result = await work({ engine, table, path });
        step.done(`Read ${name}: ${countOf(table.rows, 'row')}`);
        return result;
      });
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
