import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scope } from '../expressions/evaluate.ts';
import { evaluateText } from '../expressions/templates.ts';
import type { RunStep } from '../syntax/model.ts';
import type { Execution } from './execution.ts';
import { executeProcess } from './execution.ts';

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
const SHELLS: Readonly<Record<string, { readonly command: string; readonly extension: string }>> = {
  default: { command: 'bash -e {0}', extension: '.sh' },
  bash: { command: 'bash --noprofile --norc -eo pipefail {0}', extension: '.sh' },
  sh: { command: 'sh -e {0}', extension: '.sh' },
  python: { command: 'python {0}', extension: '.py' },
};

/** Runs the script of a step. Gives its exit code. */
export async function runScript(step: RunStep, scope: Scope, execution: Execution): Promise<number> {
  const { job } = execution.frame;
  // Defaults are the workflow file's; a composite action has none and must name its shell.
  const defaults = execution.frame.composite ? {} : job.defaults;
  const shellToken = step.shell ?? defaults.shell;
  const { command, extension } = findShell(shellToken ? evaluateText(shellToken, scope) : 'default');
  const folderToken = step.workingDirectory ?? defaults.workingDirectory;
  const folder = folderToken ? evaluateText(folderToken, scope) : '.';
  const cwd = resolve(job.folders.workspace, folder);
  if (!existsSync(cwd) || !statSync(cwd).isDirectory()) {
    throw new Error(`No such working directory '${folder}'`);
  }
  const script = join(job.folders.temp, `${execution.id}${extension}`);
  writeFileSync(script, evaluateText(step.run, scope));
  const [file = '', ...args] = command.split(' ').map((part) => part.replace('{0}', script));
  const code = await executeProcess(execution, { file, args, cwd, variables: {} });
  if (code !== 0 && !execution.stop.requested) execution.log.error(`Process completed with exit code ${code}.`);
  return code;
}

function findShell(name: string): { command: string; extension: string } {
  const known = SHELLS[name];
  if (known) return known;
  if (!name.includes('{0}')) throw new Error(`Shell "${name}" is not supported`);
  return { command: name, extension: '' };
}
