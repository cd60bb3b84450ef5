import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunProgram {
  readonly cwd: string;
  /** The whole environment, beside what a process cannot start without. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node to run on; the one of the tests (24) when absent. */
  readonly node?: string;
  /** Kills the process this many milliseconds after its start. */
  readonly killAfter?: number;
}

/** What every process gets: no colour, no variable of the machine that runs the tests but these. */
export function createEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'npm_config_userconfig', 'NPM_CONFIG_USERCONFIG'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Runs one file of the built `dist/` and waits for its end. */
export function runDist(file: string, args: readonly string[], options: RunProgram): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? process.execPath, [join(ROOT, 'dist', file), ...args], {
      cwd: options.cwd,
      env: { ...createEnvironment(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    const timer =
      options.killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.killAfter);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...output });
    });
  });
}
