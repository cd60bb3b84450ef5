import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of the tests' own. */
export interface Cluster {
  /** The address of its database, as the user who may do everything. */
  readonly url: string;
  readonly port: number;
  /** Runs statements with all rights. */
  run(sql: string): Promise<void>;
  stop(): Promise<void>;
}

const HOME = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs, as Debian's package has it; undefined where it is not installed. */
export async function findPrograms(): Promise<string | undefined> {
  const versions = await readdir(HOME).catch(() => []);
  const newest = versions.sort((one, other) => Number(other) - Number(one))[0];
  const folder = newest === undefined ? undefined : join(HOME, newest, 'bin');
  return folder !== undefined && ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))
    ? folder
    : undefined;
}

/** PostgreSQL does not run as root: the user of Debian's package does it then. */
function findUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Starts a server on a free port of this machine, with a database in UTF-8 and a locale whose order is not that of bytes where there is one. */
export async function startCluster(programs: string): Promise<Cluster> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-postgres-')));
  const user = findUser();
  if (user) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const options = { cwd: folder, ...user, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' } };
  const setting = ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), setting, { ...options, stdio: 'pipe' });
  const port = await findPort();
  const flags = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F'];
  const server = spawn(join(programs, 'postgres'), flags, { ...options, stdio: 'ignore' });
  const url = `postgres://owner@127.0.0.1:${port}/postgres`;
  try {
    await waitFor(url, server);
  } catch (error) {
    server.kill('SIGQUIT');
    throw error;
  }
  return {
    url,
    port,
    run: (sql) => runSql(url, sql),
    async stop() {
      if (server.exitCode === null) {
        const ended = once(server, 'exit');
        server.kill('SIGINT');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Asks until the server answers; what does not answer in ten seconds never will. */
async function waitFor(url: string, server: { readonly exitCode: number | null }): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return await runSql(url, 'select 1');
    } catch (error) {
      if (server.exitCode !== null || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
