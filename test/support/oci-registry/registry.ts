import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A registry that really runs: Debian's `docker-registry` (distribution 2.8), on loopback, in a folder of its own. */
export interface RunningRegistry {
  /** `127.0.0.1:port`. */
  readonly host: string;
  stop(): Promise<void>;
}

export interface RegistryOptions {
  /** The registry lets in nobody but `LOGIN`, by Basic. */
  readonly password?: boolean;
  /** With these, it wants tokens of a token server. */
  readonly tokens?: {
    readonly realm: string;
    readonly service: string;
    readonly issuer: string;
    readonly certificate: string;
  };
}

/** The one account of a registry with a password. */
export const LOGIN = { username: 'octocat', password: 'pass:word' };
/** The same, as `htpasswd -B` writes it: the registry knows bcrypt only, and Node has none. */
const HTPASSWD = 'octocat:$2y$05$uoKvMohWy46aYR4DQ9w0peUqR4Kcc81/LSNrzJGpRrlakDfQAWUw.';

/** Where the program lies; undefined where nobody installed it (`apt-get install docker-registry`). */
export const REGISTRY_PROGRAM: string | undefined = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'docker-registry'))
  .find((file) => existsSync(file));

/** Starts a registry and waits until it listens. It ends with `stop`, by its process id. */
export async function startRegistry(options: RegistryOptions = {}): Promise<RunningRegistry> {
  if (REGISTRY_PROGRAM === undefined) throw new Error('docker-registry is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-registry-'));
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'config.yml'), await renderConfig(folder, options));
  const program = spawn(REGISTRY_PROGRAM, ['serve', join(folder, 'config.yml')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => program.once('exit', () => resolve()));
  const host = await new Promise<string>((resolve, reject) => {
    let log = '';
    program.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(log)?.[1];
      if (port !== undefined) resolve(`127.0.0.1:${port}`);
    });
    program.once('error', reject);
    void ended.then(() => reject(new Error(`docker-registry ended: ${log}`)));
  });
  return {
    host,
    async stop() {
      program.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function renderConfig(folder: string, { password, tokens }: RegistryOptions): Promise<string> {
  const config: Record<string, unknown> = {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: '127.0.0.1:0' },
  };
  if (password) {
    const file = join(folder, 'htpasswd');
    await writeFile(file, `${HTPASSWD}\n`);
    config['auth'] = { htpasswd: { realm: 'modelgate-test', path: file } };
  }
  if (tokens) {
    const file = join(folder, 'certificate.pem');
    await writeFile(file, tokens.certificate);
    const { realm, service, issuer } = tokens;
    config['auth'] = { token: { realm, service, issuer, rootcertbundle: file } };
  }
  // JSON is YAML.
  return JSON.stringify(config);
}
