import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunResult } from './run/result.ts';
import type { RunEvent } from './run/run.ts';
import type { RunOptions } from './run-options.ts';
import { runWorkflow } from './run-workflow.ts';

export const PUSH: RunEvent = { name: 'push', payload: {}, sha: '1'.repeat(40), ref: 'refs/heads/main' };

/** Runs a workflow that is given as text, on a push unless told otherwise. */
export function runExample(content: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runWorkflow({ event: PUSH, workflow: { name: 'example.yml', content }, ...options });
}

/** A folder with files by their path, for `library`. */
export function createLibrary(files: Readonly<Record<string, string>>): { folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-library-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Results of the jobs by name. */
export function listResults({ jobs }: RunResult): Record<string, string> {
  return Object.fromEntries(Object.entries(jobs).map(([name, { result }]) => [name, result]));
}
