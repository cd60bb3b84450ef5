import type { Shell } from '../shell.ts';
import { readSubjectInputs } from './inputs.ts';
import { findJudgedAtTip, openGitHub } from './opening.ts';

/** Tells which commit is judged and which commit judges. Where nothing is left to judge, all outputs are empty. */
export async function runSubject(shell: Shell): Promise<void> {
  const { scope, token } = readSubjectInputs(shell.getInput);
  const opened = await openGitHub(token, shell);
  const { subject } = await findJudgedAtTip(opened, scope);
  if (!('head' in subject)) {
    shell.print(`Nothing to judge: ${subject.reason}.\n`);
    shell.setOutputs({ head: '', base: '', 'judge-ref': '' });
    return;
  }
  const base = subject.base?.sha ?? '';
  shell.print(`${subject.head.sha} is judged by ${base === '' ? 'its own files' : `the files of ${base}`}.\n`);
  shell.setOutputs({ head: subject.head.sha, base, 'judge-ref': base || subject.head.sha });
}
