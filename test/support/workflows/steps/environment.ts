import type { Plain } from '../expressions/values.ts';
import { createGitHubVariables } from '../run/contexts.ts';
import type { Frame } from './frame.ts';
import { createFrameEnv } from './frame.ts';

/**
 * The whole environment of a step's process: the machine's, then the job's and the step's, then what no one may
 * overwrite (https://docs.github.com/en/actions/reference/workflows-and-actions/variables).
 */
export function createProcessEnv(
  frame: Frame,
  own: Readonly<Record<string, string>>,
  protectedOnes: Readonly<Record<string, string>>,
  githubOfStep: Readonly<Record<string, Plain>> = {},
): Record<string, string> {
  const { job, composite } = frame;
  const { run } = job.instance;
  const github = job.contexts['github'] as Readonly<Record<string, Plain>>;
  const runner = job.contexts['runner'] as Readonly<Record<string, string>>;
  const env: Record<string, string> = {
    ...run.machine,
    HOME: job.folders.home,
    CI: 'true',
    ...createFrameEnv(frame),
    ...own,
  };
  return {
    ...env,
    PATH: [...job.paths, env['PATH'] ?? ''].join(':'),
    GITHUB_ACTIONS: 'true',
    ...createGitHubVariables({ ...github, ...composite?.github, ...githubOfStep }),
    ...Object.fromEntries(Object.entries(runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value])),
    ...protectedOnes,
  };
}
