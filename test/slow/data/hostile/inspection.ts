import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Problem } from '../../../../src/errors.ts';

/** What the check of a folder came to, in a process of its own. */
export interface Inspected {
  readonly problems?: readonly Problem[];
  readonly outcome?: string;
  readonly rows?: readonly number[];
  /** What was thrown that is no mistake of the user's. */
  readonly bug?: string;
  /** The most memory that the process held, in MiB. */
  readonly peak: number;
  readonly seconds: number;
}

/** Checks the data of the project in a folder; ends the process after so many seconds, which then throws. `memory` is in bytes. */
export async function inspect(folder: string, seconds: number, memory?: number): Promise<Inspected> {
  const started = performance.now();
  const child = join(import.meta.dirname, 'child.ts');
  const given = memory === undefined ? [] : [String(memory)];
  const output = await new Promise<string>((resolve, reject) => {
    const options = { timeout: seconds * 1000, killSignal: 'SIGKILL' as const };
    execFile(process.execPath, [...process.execArgv, child, folder, ...given], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
  return { ...JSON.parse(output), seconds: (performance.now() - started) / 1000 };
}
