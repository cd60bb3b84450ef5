import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createEnvironment } from '../../program.ts';

/** What every job of this machine finds. */
export interface Machine {
  readonly machine: Readonly<Record<string, string>>;
  /** `RUNNER_TOOL_CACHE`, shared by all jobs of all runs. */
  readonly toolCache: string;
  /** Folder of this user's caches. */
  readonly cache: string;
}

/** The environment of the machine. The tool cache leads to this user's cache, so that jobs fetch nothing again. */
export function createMachine(extra: Readonly<Record<string, string>>): Machine {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const toolCache = join(cache, 'modelgate', 'test-tool-cache');
  mkdirSync(toolCache, { recursive: true });
  const link = join(toolCache, 'modelgate-duckdb');
  const target = join(cache, 'modelgate', 'duckdb');
  mkdirSync(target, { recursive: true });
  if (!existsSync(link)) linkOnce(target, link);
  const machine = {
    ...createEnvironment(),
    XDG_CACHE_HOME: cache,
    LANG: 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  };
  return { machine, toolCache, cache };
}

// Another test's process may come first.
function linkOnce(target: string, link: string): void {
  try {
    symlinkSync(target, link);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
