import type { Shell } from '../../src/actions/shell.ts';
import { UserMistake } from '../../src/errors.ts';
import { SILENT } from '../../src/progress.ts';
import { NO_DELAYS } from '../github/hub.ts';

/** A step of a job: the work of one of our actions, and what the runner gives it. */
export interface Step {
  readonly work: (shell: Shell) => Promise<void>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
}

/** How a step ended. `mistake` is what it told where it could not do its work. */
export interface Ended {
  readonly passed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly mistake: UserMistake | undefined;
}

/** Runs a step in this process, without waiting. Anything thrown that has no words for a user is a bug, and thrown on. */
export async function perform({ work, inputs, environment, folder }: Step): Promise<Ended> {
  const outputs: Record<string, string> = {};
  let blocks = false;
  const shell: Shell = {
    signal: new AbortController().signal,
    progress: SILENT,
    delays: NO_DELAYS,
    environment,
    folder,
    getInput: (name) => inputs[name] ?? '',
    setOutputs: (given) => void Object.assign(outputs, given),
    hide() {},
    print() {},
    postAnnotations() {},
    async postSummary() {},
    block() {
      blocks = true;
    },
  };
  try {
    await work(shell);
    return { passed: !blocks, outputs, mistake: undefined };
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return { passed: false, outputs, mistake: error };
  }
}
