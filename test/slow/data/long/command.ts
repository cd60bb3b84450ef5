import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEnvironment, ROOT } from '../../../support/program.ts';

/** A command of ours under way, in a process of its own, from the sources. */
export interface Command {
  readonly child: ChildProcess;
  /** Waits until the process has written a text to its standard error. Throws where it ends before. */
  sees(text: string): Promise<void>;
  /** Waits for its end. */
  end(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** Starts `modelgate` in a folder, with the given variables and what a process cannot start without. */
export function startCommand(folder: string, args: readonly string[], env: Record<string, string>): Command {
  const entry = join(ROOT, 'src/cli/entry.ts');
  const child = spawn(process.execPath, [...process.execArgv, entry, ...args], {
    cwd: folder,
    env: { ...createEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const look: (() => void)[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const act of look) act();
    });
  }
  const closed = once(child, 'close');
  return {
    child,
    sees: (text) =>
      new Promise((resolve, reject) => {
        const act = () => {
          if (output.stderr.includes(text)) resolve();
        };
        look.push(act);
        act();
        void closed.then(() => reject(new Error(`it ended and never wrote ${text}:\n${output.stderr}`)));
      }),
    async end() {
      const [code] = (await closed) as [number | null];
      return { code, ...output };
    },
  };
}

/** All files below a folder, by their paths in it; none where it is gone. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
