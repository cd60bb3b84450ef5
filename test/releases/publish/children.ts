import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Package } from '../../../src/registry/package/package.ts';
import type { Place } from '../../registry/publish/place.ts';
import type { Order, Outcome } from './child.ts';

const JSON_IMPORTS = new URL('../../support/json-imports.mjs', import.meta.url).href;

/** A process that has started and waits for its order. */
export interface Child<Result = Outcome> {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly outcome: Promise<Result>;
}

const PUBLISHING = new URL('./child.ts', import.meta.url);

const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** The program of a publishing process in one file, which starts in an eighth of the time. */
export async function bundleChild({ folder }: Place): Promise<URL> {
  const outfile = join(folder, 'child.mjs');
  const entryPoints = [fileURLToPath(PUBLISHING)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', banner: { js: REQUIRE } });
  return pathToFileURL(outfile);
}

/** Starts a process that will publish, or do what another program does. What it leaves when it is killed lies in `temporary`. */
export async function startChild<Result = Outcome>(
  program: URL = PUBLISHING,
  temporary: string = tmpdir(),
): Promise<Child<Result>> {
  const child = fork(program, [], {
    execArgv: ['--import', JSON_IMPORTS],
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The child ended with ${code} before it was ready`)));
  });
  const outcome = new Promise<Result>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Result));
    child.once('exit', () => reject(new Error('The child ended without an answer')));
  });
  outcome.catch(() => {});
  return { process: child, ended, outcome };
}

/** What a child is to publish. */
export async function order(place: Place, made: Package, partBytes?: number): Promise<Order> {
  const file = join(place.folder, `${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(made));
  const { repository, github } = place;
  const { owner, name, fullName, id } = repository;
  const token = github.createToken({ repository, permissions: { contents: 'write' } });
  const parts = partBytes === undefined ? {} : { partBytes };
  return { apiUrl: github.apiUrl, token, repository: { owner, name, fullName, id }, made: file, ...parts };
}
