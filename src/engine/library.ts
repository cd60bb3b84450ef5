import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { UserMistake } from '../errors.ts';
import { during, type Progress } from '../progress.ts';
import { locateCache } from './cache-folder.ts';
import { DUCKDB_VERSION, PINS, type Pin } from './digests.ts';
import { inspectFolder } from './inspection.ts';
import { installLibrary } from './installation.ts';
import { choosePlatform, type Platform, packageOf, readMachine } from './platform.ts';

export interface LibraryOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** A folder with the native files; else the variable `MODELGATE_DUCKDB` of the environment. */
  readonly override?: string;
}

/**
 * The folder of DuckDB's native library, every file of it verified by this call. Looked for in the folder that the user
 * names, in the cache, in `node_modules`; else fetched through npm into the cache. Throws UserMistake when there is none
 * to be had, or when a copy that the user put there is not the published one.
 */
export async function locateLibrary(options: LibraryOptions, signal?: AbortSignal): Promise<string> {
  const platform = choosePlatform(readMachine());
  const pin = PINS[platform];
  const named = options.override || options.environment['MODELGATE_DUCKDB'];
  if (named) return requireNamed(resolve(named), pin, platform);
  const target = locateCache(options.environment, platform);
  const cached = await inspectFolder(target, pin.files);
  if (cached.state === 'good') return target;
  if (cached.state === 'corrupted') {
    options.progress.warn(`The copy of DuckDB in ${target} is fetched again: ${cached.reason}.`);
  } else {
    const installed = await findInstalled(platform, pin);
    if (installed !== undefined) return installed;
  }
  await fetchInto(target, platform, options, signal);
  return target;
}

async function requireNamed(folder: string, pin: Pin, platform: Platform): Promise<string> {
  const condition = await inspectFolder(folder, pin.files);
  if (condition.state === 'good') return folder;
  throw new UserMistake({
    file: folder,
    found:
      condition.state === 'absent'
        ? 'this folder was named to hold DuckDB, and none of its files is there'
        : `the DuckDB in this folder is not the published one: ${condition.reason}`,
    fix: `Put ${Object.keys(pin.files).join(' and ')} of ${packageOf(platform)}@${DUCKDB_VERSION} there.`,
  });
}

/** The package in the `node_modules` around this module, if it is there in the pinned version. */
async function findInstalled(platform: Platform, pin: Pin): Promise<string | undefined> {
  let manifest: string;
  try {
    manifest = createRequire(import.meta.url).resolve(`${packageOf(platform)}/package.json`);
  } catch {
    return undefined;
  }
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version?: unknown };
  if (version !== DUCKDB_VERSION) return undefined;
  const folder = dirname(manifest);
  const condition = await inspectFolder(folder, pin.files);
  if (condition.state === 'good') return folder;
  throw new UserMistake({
    file: folder,
    found: `the installed DuckDB is not the published one: ${'reason' in condition ? condition.reason : 'it is empty'}`,
    fix: 'Remove this folder and install the package again.',
  });
}

async function fetchInto(
  target: string,
  platform: Platform,
  options: LibraryOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const step = options.progress.start('Fetching DuckDB through npm, once for this machine');
  const { environment } = options;
  const failure = await during(step, () =>
    installLibrary({ platform, pin: PINS[platform], target, environment, signal }),
  );
  if (failure === undefined) return step.done();
  step.fail();
  const wanted = `${packageOf(platform)}@${DUCKDB_VERSION}`;
  throw new UserMistake({
    found: `tables are read with DuckDB, and its native library is neither on this machine nor could it be fetched: ${failure}`,
    fix: [
      'Any one of these helps:',
      `name a folder with the files of ${wanted} with --duckdb, the input duckdb or MODELGATE_DUCKDB;`,
      `fill ${target} with them, by running modelgate once with a registry in reach or by copying it from such a machine;`,
      `or let npm reach a registry that has ${wanted} (npm config get registry), or install that package beside modelgate.`,
    ].join('\n    '),
  });
}
