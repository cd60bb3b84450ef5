import { homedir } from 'node:os';
import { join } from 'node:path';
import { DUCKDB_VERSION } from './digests.ts';
import type { Platform } from './platform.ts';

/**
 * Where a fetched library is kept: the runner's tool cache, or else the cache folder of the user. An absolute path;
 * nothing is created.
 */
export function locateCache(
  environment: NodeJS.ProcessEnv,
  platform: Platform,
  system: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const tools = environment['RUNNER_TOOL_CACHE'];
  if (tools) return join(tools, 'modelgate-duckdb', DUCKDB_VERSION, platform);
  return join(locateUserCache(environment, system, home), 'modelgate', 'duckdb', DUCKDB_VERSION, platform);
}

/** Where programs of the user keep what they can fetch again, as the system has it. An absolute path. */
export function locateUserCache(
  environment: NodeJS.ProcessEnv,
  system: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (system === 'darwin') return join(home, 'Library', 'Caches');
  if (system === 'win32') return environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  // The XDG specification says that a relative path here is to be ignored.
  const configured = environment['XDG_CACHE_HOME'];
  return configured?.startsWith('/') ? configured : join(home, '.cache');
}
