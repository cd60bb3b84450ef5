import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../errors.ts';
import { findNpm } from './npm-command.ts';

const execute = promisify(execFile);

/** Five minutes: 37 MB, the largest tarball, at 1 Mbit/s. */
const PATIENCE_MS = 5 * 60_000;

export interface Download {
  /** `name@version`. */
  readonly specifier: string;
  /** A private empty folder to work in. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly patience?: number;
}

/** Either the tarball's path, or why there is none. */
export type Fetched = { readonly tarball: string } | { readonly failure: string };

/**
 * Lets the user's npm fetch a package's tarball: from the registry, with the proxy and the credentials that the user
 * configured. npm starts in a project with nothing in it, so that the configuration of no other applies, and runs no scripts.
 * Throws only when the signal aborts; every other failure is returned.
 */
export async function fetchTarball(download: Download): Promise<Fetched> {
  const npm = findNpm(download.environment);
  if (!npm) return { failure: 'npm is not on this machine' };
  const [workplace, destination] = [join(download.folder, 'empty'), join(download.folder, 'packed')];
  await Promise.all([mkdir(workplace), mkdir(destination)]);
  // npm takes the nearest folder with a package.json for the project, and reads its configuration.
  await writeFile(join(workplace, 'package.json'), '{}');
  const patience = download.patience ?? PATIENCE_MS;
  const wanted = [
    'pack',
    download.specifier,
    '--ignore-scripts',
    '--no-update-notifier',
    '--json',
    '--pack-destination',
    destination,
  ];
  try {
    await execute(npm.file, [...npm.leading, ...wanted], {
      cwd: workplace,
      env: download.environment,
      timeout: patience,
      // npm answers SIGTERM by finishing its requests first.
      killSignal: 'SIGKILL',
      maxBuffer: 16 * 1024 * 1024,
      windowsHide: true,
      ...(download.signal && { signal: download.signal }),
    });
  } catch (error) {
    download.signal?.throwIfAborted();
    return { failure: explainFailure(error, patience) };
  }
  const tarballs = (await readdir(destination)).filter((name) => name.endsWith('.tgz'));
  const [tarball] = tarballs;
  if (tarball === undefined || tarballs.length > 1) {
    return { failure: `npm pack left ${tarballs.length} tarballs where one was expected` };
  }
  return { tarball: join(destination, tarball) };
}

function explainFailure(error: unknown, patience: number): string {
  const { killed, stderr } = error as { killed?: boolean; stderr?: string };
  if (killed) return `npm pack did not finish within ${Math.round(patience / 1000)} seconds`;
  const lines = (stderr ?? '').split('\n').map((line) => line.trim());
  const told = lines.filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log of this run/.test(line));
  // Enough to show the cause; npm repeats itself after that.
  const cause = told.map((line) => line.replace(/^npm (error|ERR!) ?/, '')).filter((line) => line !== '');
  return `npm pack failed: ${cause.slice(0, 4).join('; ') || (messageOf(error).split('\n')[0] ?? '')}`.slice(0, 600);
}
