import type { CommandRun, Machine } from '../evidence/schema/training.ts';

/** The shell's code for a command that was not found, and for one that could not be run (POSIX, Shell and Utilities, 2.8.2). */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
/** What a process that the kernel ended for want of memory leaves: 128 + 9. */
const KILLED = 137;

/** Why a command that ended does not count, as a sentence or two; undefined when it ended well. */
export function explainEnding(command: CommandRun, machine: Machine, timeout: string | undefined): string | undefined {
  if (command.timedOut) {
    return `The command was ended at its time limit of ${timeout}. Give it more time with \`timeout\`, or checkpoints to go on from.`;
  }
  if (command.signal === 'SIGKILL' || command.exitCode === KILLED) {
    return 'The command was killed (SIGKILL), as happens when memory runs out. Use a larger machine, or less memory.';
  }
  if (command.signal !== null) return `The command was ended by ${command.signal}.`;
  if (command.exitCode === 0) return undefined;
  return `The command ended with exit code ${command.exitCode}${explainCode(command, machine)}`;
}

function explainCode(command: CommandRun, machine: Machine): string {
  if (command.exitCode === NOT_FOUND && machine.python === null && /\bpython3?\b/.test(command.run)) {
    return ': python3 was not found. Install it (on GitHub: a step with actions/setup-python before this one), or name another program in `run`.';
  }
  if (command.exitCode === NOT_FOUND) return ': a program that it calls was not found; the log above names it.';
  if (command.exitCode === NOT_EXECUTABLE) return ': a program that it calls may not be run; is it executable?';
  return '; the log above says more.';
}
