import type { DuckDBConnection, DuckDBResultReader } from '@duckdb/node-api';
import { messageOf } from '../errors.ts';
import { type EngineOptions, interruptOn, openDatabase } from './connection.ts';
import { findForbidden } from './sandbox-guard.ts';
import { quoteIdentifier, quoteLiteral } from './sql.ts';

/** What a query of a stranger gave: one number, or what is wrong with it as a phrase. */
export type Answer = { readonly number: number } | { readonly fault: string };

export interface Sandbox {
  /** Gives a relation a name that queries can say. */
  name(table: string, relation: string): Promise<void>;
  /** Runs one SELECT of somebody else's that gives one number, for at most so many milliseconds. */
  ask(sql: string, timeout: number): Promise<Answer>;
  close(): void;
}

/** What DuckDB's `duckdb_statement_type` calls a statement that only reads. */
const SELECT = 1;
const NUMERIC = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^(FLOAT|DOUBLE|BIGNUM)$|^DECIMAL/;

/**
 * Opens a database of its own for SQL that a contract brings: it sees the given files and nothing else, and no statement
 * can change that. Throws UserMistake when DuckDB's library cannot be had.
 */
export async function openSandbox(options: EngineOptions): Promise<Sandbox> {
  const { instance, connection } = await openDatabase(options);
  const tables: string[] = [];
  return {
    async name(table, relation) {
      await connection.run(`CREATE OR REPLACE VIEW ${quoteIdentifier(table)} AS SELECT * FROM ${relation}`);
      tables.push(table);
    },
    async ask(sql, timeout) {
      const limit = AbortSignal.timeout(timeout);
      const stop = AbortSignal.any([limit, ...(options.signal ? [options.signal] : [])]);
      const release = interruptOn(stop, () => connection.interrupt());
      const end = options.pace?.follow(() => connection.progress.percentage / 100);
      try {
        return await askOne(connection, sql, tables);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (limit.aborted) return { fault: `it took longer than ${timeout / 1000} s` };
        return { fault: describeFailure(error) };
      } finally {
        end?.();
        release();
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function askOne(connection: DuckDBConnection, sql: string, tables: readonly string[]): Promise<Answer> {
  if (sql.includes('\0')) return { fault: 'it has a NUL character in it' };
  if (sql.trim() === '') return { fault: 'it is empty' };
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) return { fault: `it is ${statements.count} statements, and one is allowed` };
  const tree = await parse(connection, sql);
  if (typeof tree === 'string') return { fault: tree };
  const forbidden = findForbidden(tree, tables);
  if (forbidden !== undefined) return { fault: forbidden };
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== SELECT) return { fault: NO_SELECT };
  if (prepared.parameterCount > 0) return { fault: 'it asks for parameters, and there are none' };
  try {
    return readOne(await prepared.streamAndReadUntil(2));
  } catch (error) {
    throw new RunFailure('a query failed', { cause: error });
  }
}

/** A query that was understood and failed on the rows. */
class RunFailure extends Error {}

/** What fails on rows may quote a value of them, so only its kind is told. */
function describeFailure(error: unknown): string {
  if (!(error instanceof RunFailure)) return messageOf(error).split('\n')[0] ?? 'it failed';
  const [kind = ''] = messageOf(error.cause).split(':');
  if (kind === 'Out of Memory Error') return 'it needs more memory than may be used, or more room on the disk';
  return `it fails on the data${/^[A-Z][A-Za-z ]{1,40} Error$/.test(kind) ? ` (${kind})` : ''}`;
}

const NO_SELECT = 'it does more than read: only a SELECT is allowed';

/** The query as DuckDB understands it, before anything of it is looked up; else why not. */
async function parse(connection: DuckDBConnection, sql: string): Promise<object | string> {
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${quoteLiteral(sql)})`);
  const tree = JSON.parse(String(reader.getRowsJS()[0]?.[0])) as { error: boolean; error_message?: string };
  if (!tree.error) return tree;
  const message = tree.error_message ?? 'nobody knows why';
  return message.startsWith('Only SELECT') ? NO_SELECT : `it cannot be understood: ${message.split('\n')[0]}`;
}

function readOne(reader: DuckDBResultReader): Answer {
  const [type] = reader.columnTypes();
  if (type === undefined || reader.columnCount !== 1) return { fault: `it gives ${reader.columnCount} columns` };
  if (reader.currentRowCount !== 1) {
    return { fault: reader.currentRowCount === 0 ? 'it gives no row' : 'it gives several rows' };
  }
  if (!NUMERIC.test(type.toString())) return { fault: `it gives a ${type.toString()}, and not a number` };
  const value = reader.getRowsJS()[0]?.[0];
  if (value === null) return { fault: 'it gives NULL' };
  const number = Number(value);
  return Number.isFinite(number) ? { number } : { fault: 'it gives no finite number' };
}
