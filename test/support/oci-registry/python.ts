import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Python packages that read what we wrote, in an environment of the tests' own. */
export interface SecondOpinion {
  /** Runs a script with arguments; its standard output. */
  run(script: string, args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<string>;
}

/**
 * Installs packages from the user's package index into a folder. Undefined where Python or the index is not to be had:
 * the second opinion is then not asked, and the tests say so.
 */
export async function installPython(folder: string, packages: readonly string[]): Promise<SecondOpinion | undefined> {
  const python = join(folder, 'bin/python');
  try {
    if (!existsSync(python)) await execute('python3', ['-m', 'venv', folder]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
      timeout: 180_000,
    });
  } catch {
    return undefined;
  }
  return {
    async run(script, args, environment = {}) {
      const env = { PATH: process.env['PATH'], HOME: folder, PYTHONDONTWRITEBYTECODE: '1', ...environment };
      const { stdout } = await execute(python, ['-c', script, ...args], { env, timeout: 120_000 });
      return stdout;
    },
  };
}
