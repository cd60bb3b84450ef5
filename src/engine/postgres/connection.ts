import type { Client } from 'pg';
import { messageOf, UserMistake } from '../../errors.ts';

/** A connection that reads one state of a database and can write nothing. */
export interface Connection {
  /** Runs one statement; every value is PostgreSQL’s own text of it, or null. Throws `QueryFailure` where the database refuses, and can be asked again. */
  rows<T extends Record<string, string | null>>(sql: string): Promise<T[]>;
  close(): Promise<void>;
}

/** What the database answered to a statement that it refused, without its words: those may quote values of the data. */
export class QueryFailure extends Error {
  override readonly name = 'QueryFailure';
  /** SQLSTATE, five characters. */
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`the database refuses a query (SQLSTATE ${code})`, options);
    this.code = code;
  }
}

export interface ConnectionOptions {
  /** The environment variable that holds the address: messages name it, and never what is in it. */
  readonly variable: string;
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string;
  /** Milliseconds that one statement may take; ten minutes without it. */
  readonly timeout?: number;
  /** Ends the connection; a running statement then throws the signal’s reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds until a server must have answered. */
const PATIENCE = 15_000;

const STATEMENT_TIMEOUT = 600_000;

/**
 * Opens a connection with one transaction, read-only and of one state of the database (repeatable read). Loads the client on
 * first use. Throws UserMistake where there is no server, no such user or database, or no agreement about TLS.
 */
export async function connect(options: ConnectionOptions): Promise<Connection> {
  const { variable, url, timeout = STATEMENT_TIMEOUT, signal } = options;
  signal?.throwIfAborted();
  if (!/^postgres(ql)?:\/\//.test(url)) {
    const fix = 'It holds an address such as postgres://user:password@host:5432/database?sslmode=verify-full.';
    throw new UserMistake({ found: `the environment variable ${variable} is no address of PostgreSQL`, fix });
  }
  // The client would guess at what such an address means.
  if (/%(?![0-9A-Fa-f]{2})/.test(url)) throw unreadable(variable);
  const client = await createClient(variable, url);
  const destroy = () => void client.end().catch(() => undefined);
  // A connection that breaks while nobody asks is noticed by the next question.
  client.on('error', () => undefined);
  signal?.addEventListener('abort', destroy);
  try {
    await client.connect();
    for (const statement of listSettings(timeout)) await client.query(statement);
    await letServerNotice(client);
  } catch (error) {
    destroy();
    signal?.removeEventListener('abort', destroy);
    signal?.throwIfAborted();
    throw describeFault(variable, error);
  }
  return {
    rows: (sql) => ask(client, sql, { variable, signal }),
    async close() {
      signal?.removeEventListener('abort', destroy);
      await client.end().catch(() => undefined);
    },
  };
}

async function createClient(variable: string, url: string): Promise<Client> {
  const { default: pg } = await import('pg');
  try {
    return new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: PATIENCE,
      application_name: 'modelgate',
      types: { getTypeParser: () => (text: unknown) => text },
    } as ConstructorParameters<typeof Client>[0]);
  } catch {
    // What is wrong with an address quotes it, and the password with it.
    throw unreadable(variable);
  }
}

function unreadable(variable: string): UserMistake {
  const fix = 'Characters such as @ / # % in a password are written as %40 %2F %23 %25.';
  return new UserMistake({ found: `the address in ${variable} cannot be read`, fix });
}

/** What makes every server answer alike, whatever it is set to. */
function listSettings(timeout: number): string[] {
  return [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    `SET LOCAL statement_timeout = ${Math.round(timeout)}`,
    `SET LOCAL search_path = pg_catalog, pg_temp`,
    `SET LOCAL TimeZone = 'UTC'`,
    `SET LOCAL DateStyle = 'ISO, YMD'`,
    `SET LOCAL extra_float_digits = 1`,
    `SET LOCAL standard_conforming_strings = on`,
    // Rows that a policy hides would be left out in silence; with this the database says so.
    `SET LOCAL row_security = off`,
  ];
}

/**
 * Lets a server notice within a second that nobody waits for its answer any more. One that cannot, before version 14 or on
 * some systems, goes on until the statement took too long.
 */
async function letServerNotice(client: Client): Promise<void> {
  await client.query('SAVEPOINT asked');
  await client.query('SET LOCAL client_connection_check_interval = 1000').then(
    () => client.query('RELEASE SAVEPOINT asked'),
    () => client.query('ROLLBACK TO SAVEPOINT asked'),
  );
}

/** A statement that fails leaves the transaction as it was. */
async function ask<T>(
  client: Client,
  sql: string,
  { variable, signal }: Pick<ConnectionOptions, 'variable' | 'signal'>,
): Promise<T[]> {
  signal?.throwIfAborted();
  try {
    await client.query('SAVEPOINT asked');
    // With the extended protocol the text is one statement, or refused.
    const { rows } = await client.query({ text: sql, values: [], queryMode: 'extended' } as { text: string });
    await client.query('RELEASE SAVEPOINT asked');
    return rows as T[];
  } catch (error) {
    signal?.throwIfAborted();
    const code = codeOf(error);
    if (code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(08|57P|ECONN)/.test(code)) {
      throw describeFault(variable, error);
    }
    await client.query('ROLLBACK TO SAVEPOINT asked').catch((next: unknown) => {
      throw describeFault(variable, next);
    });
    throw new QueryFailure(code, { cause: error });
  }
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** What the codes of the operating system, of TLS and of PostgreSQL (appendix A of its manual) say of a connection. */
const FAULTS: readonly (readonly [code: RegExp, found: string, fix: string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no such host', 'Write the name of a host that this machine can find.'],
  [/^(ECONNREFUSED|ENOENT)$/, 'no server listens there', 'Write the host and port of a server that runs.'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the server does not answer', 'See that this machine may reach it.'],
  [/^28/, 'the server refuses this user or password', 'Write a user who may connect, and the password of that user.'],
  [/^3D000$/, 'the server has no such database', 'Write the name of a database that is there.'],
  [/^42501$/, 'the user may not connect to this database', 'Grant CONNECT, or write another user.'],
  [/^53300$/, 'the server has too many connections', 'Try again later.'],
  [
    /CERT|ISSUER|SELF_SIGNED|ALTNAME|^ERR_TLS/,
    'the certificate of the server is not trusted',
    'Give the authority with `sslrootcert=FILE`.',
  ],
];

function describeFault(variable: string, error: unknown): UserMistake {
  const code = codeOf(error);
  const message = messageOf(error);
  const known = FAULTS.find(([pattern]) => code !== undefined && pattern.test(code));
  const [, found, fix] = known ?? ['', ...describeWords(message, code)];
  // The error itself knows the address, so it is no cause of this one.
  return new UserMistake({ found: `the connection of ${variable} cannot be used: ${found}`, fix });
}

function describeWords(message: string, code: string | undefined): readonly [found: string, fix: string] {
  if (/does not support SSL/.test(message))
    return ['the server has no TLS', 'Write `sslmode=disable` only where nobody listens.'];
  if (/timeout expired/.test(message)) return ['the server does not answer', 'See that this machine may reach it.'];
  if (/Connection terminated/.test(message)) return ['the connection broke', 'Try again.'];
  if (/password/i.test(message))
    return ['the server wants a password, and the address has none', 'Write `user:password@`.'];
  return [`it fails${code === undefined ? '' : ` (${code})`}`, 'Try it with `psql` and the same address.'];
}
