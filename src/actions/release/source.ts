import { UserMistake } from '../../errors.ts';
import { type JudgedRun, readJudgedRun } from '../../pipeline/release/judged-run.ts';
import type { Opened } from '../pull-request/opening.ts';
import type { Shell } from '../shell.ts';
import { readBranch, requireDefaultBranch } from './opening.ts';

/** The run that is released, and the word of its pre-release where it is of another branch than the default. */
export interface ReleaseSource {
  readonly run: JudgedRun;
  readonly prerelease: string | undefined;
}

/**
 * Finds what is released: what an earlier run accepted, where one is named, else what this one did. Throws UserMistake
 * where nothing that was pushed to a branch is.
 */
export async function findSource(
  shell: Shell,
  { client, context }: Opened,
  wanted: { readonly runId: number | undefined; readonly result: string; readonly prerelease: string | undefined },
): Promise<ReleaseSource> {
  const { repository, workflowPath, defaultBranch, runId, event, sha } = context;
  const { prerelease, result } = wanted;
  if (wanted.runId !== undefined) {
    requireDefaultBranch(shell, context, ['workflow_dispatch', 'push', 'schedule']);
    const place = { repository, workflowPath, defaultBranch };
    return { run: await readJudgedRun(client, place, wanted.runId), prerelease };
  }
  const branch = readBranch(shell);
  if (event !== 'push' || branch === undefined) {
    throw new UserMistake({
      found: `this run was started by ${event}, and what it judged was not pushed to a branch`,
      fix: 'Release from a push, or name an earlier run with `run-id`.',
    });
  }
  const run = { id: runId, commit: sha, result, workflowPath };
  return { run, prerelease: branch === defaultBranch ? prerelease : (prerelease ?? branch) };
}
