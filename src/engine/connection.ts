import { totalmem } from 'node:os';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { messageOf, UserMistake } from '../errors.ts';
import { type LibraryOptions, locateLibrary } from './library.ts';
import { readLists } from './lists.ts';
import { listOpened } from './literal-paths.ts';
import { setLibraryFolder } from './location.ts';
import { collectNumbers } from './numbers.ts';
import type { Pace } from './pace.ts';
import { describeShortage, type Limits } from './shortage.ts';
import { quoteLiteral } from './sql.ts';
import { convertRows } from './values.ts';

export interface Engine {
  /** Runs one statement and returns its rows as plain values; see `values.ts` for how types are carried over. */
  rows<T = Record<string, unknown>>(sql: string): Promise<T[]>;
  /** The same rows by column, without NULL, every type DOUBLE or INTEGER: for millions of rows. */
  numbers(sql: string): Promise<Float64Array[]>;
  /**
   * The lists of UBIGINT in the one column of each of some queries, for millions of items: while those of one are looked at,
   * the next one runs already.
   */
  lists(queries: readonly string[]): AsyncIterable<BigUint64Array[]>;
  run(sql: string): Promise<void>;
  /** Bytes that it may hold; what is more goes to the disk, where it can. */
  readonly memory: number;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Absolute real paths: the only files that SQL can read. */
  readonly files: readonly string[];
  readonly library: LibraryOptions;
  /** The folder for what does not fit into memory; created when it is needed. */
  readonly temporary: string;
  /** Bytes; half of the machine's, or of the container's, unless given. */
  readonly memory?: number;
  /** Interrupts a running query, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Is told how far each query is. */
  readonly pace?: Pace | undefined;
}

type DuckDB = typeof import('./duckdb.ts');

/**
 * Opens a database in memory that can read the given files and nothing else: no other file, no network, no extension,
 * and no statement can change that. Loads DuckDB on first use. Throws UserMistake when its library cannot be had; so does
 * a query for which there is not enough memory, nor room on the disk.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { instance, connection } = await openDatabase(options);
  return createEngine(instance, connection, options);
}

/** The database itself, locked in the same way. */
export async function openDatabase(
  options: EngineOptions,
): Promise<{ readonly instance: DuckDBInstance; readonly connection: DuckDBConnection }> {
  options.signal?.throwIfAborted();
  const { DuckDBInstance: Instance } = await loadDuckDB(options.library, options.signal);
  const instance = await Instance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_persistent_secrets: 'false',
    temp_directory: options.temporary,
    memory_limit: `${readLimits(options).memory}B`,
  });
  const connection = await instance.connect();
  // Counted for `Pace`; the engine would print it on standard output.
  await connection.run('SET enable_progress_bar_print = false');
  await connection.run('SET enable_progress_bar = true');
  await connection.run(`SET allowed_paths = [${options.files.flatMap(listOpened).map(quoteLiteral).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return { instance, connection };
}

function createEngine(instance: DuckDBInstance, connection: DuckDBConnection, options: EngineOptions): Engine {
  const { signal, pace } = options;
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    const release = interruptOn(signal, () => connection.interrupt());
    const end = pace?.follow(() => connection.progress.percentage / 100);
    try {
      return await work;
    } catch (error) {
      signal?.throwIfAborted();
      throw describeShortage(error, readLimits(options)) ?? error;
    } finally {
      end?.();
      release();
    }
  };
  return {
    async rows<T>(sql: string) {
      signal?.throwIfAborted();
      const result = await guard(connection.runAndReadAll(sql));
      return convertRows(result.deduplicatedColumnNames(), result.getRowsJS()) as T[];
    },
    async numbers(sql) {
      signal?.throwIfAborted();
      return collectNumbers(await guard(connection.run(sql)));
    },
    lists: (queries) =>
      readLists(queries, async (sql) => {
        signal?.throwIfAborted();
        return guard(connection.run(sql));
      }),
    async run(sql) {
      signal?.throwIfAborted();
      await guard(connection.run(sql));
    },
    memory: readLimits(options).memory,
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Milliseconds between two interruptions. */
const INSISTENCE = 50;

/** Interrupts from the moment the signal aborts until released: one that comes before the query started is lost. */
export function interruptOn(signal: AbortSignal | undefined, interrupt: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const insist = () => {
    interrupt();
    timer = setInterval(interrupt, INSISTENCE);
  };
  signal?.addEventListener('abort', insist);
  return () => {
    signal?.removeEventListener('abort', insist);
    clearInterval(timer);
  };
}

let loading: Promise<DuckDB> | undefined;

/** A process loads the library once, after verifying it. A failure is not kept, so that a later call can try again. */
async function loadDuckDB(library: LibraryOptions, signal: AbortSignal | undefined): Promise<DuckDB> {
  loading ??= locateLibrary(library, signal).then((folder) => {
    setLibraryFolder(folder);
    return importDuckDB(folder);
  });
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

async function importDuckDB(folder: string): Promise<DuckDB> {
  try {
    return await import('./duckdb.ts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_DLOPEN_FAILED') throw error;
    throw new UserMistake(
      {
        file: folder,
        found: `DuckDB's native library is whole, but this system cannot load it: ${messageOf(error)}`,
        fix: 'Install what the message names (on Linux the C++ runtime, libstdc++), or use a newer system image.',
      },
      { cause: error },
    );
  }
}

function readLimits({ memory, temporary }: EngineOptions): Limits {
  return { memory: Math.floor(memory ?? readMemory() / 2), temporary };
}

/** Bytes that this process may use: the machine's, or the container's limit where that is lower. */
function readMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
