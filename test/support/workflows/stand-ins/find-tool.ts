import { execFileSync } from 'node:child_process';
import { readVariable, runAction, writeOutput } from './action-io.ts';

/** What each action that sets a tool up needs on this machine, and the output that names its version. */
const TOOLS: Readonly<Record<string, readonly [tool: string, output: string]>> = {
  'actions/setup-node': ['node', 'node-version'],
  'actions/setup-python': ['python3', 'python-version'],
  'astral-sh/setup-uv': ['python3', 'python-version'],
  'conda-incubator/setup-miniconda': ['python3', 'environment-file'],
};

// The machine of the tests has one version of each; the action only checks that it is there.
await runAction(() => {
  const action = readVariable('GITHUB_ACTION_REPOSITORY');
  const [tool, output] = TOOLS[action] ?? [];
  if (tool === undefined || output === undefined) throw new Error(`No tool is known for ${action}`);
  const version = execFileSync(tool, ['--version'], { encoding: 'utf8' }).replace(/^\D*/, '').trim();
  console.log(`${tool} ${version}`);
  if (output.endsWith('-version')) writeOutput(output, version);
});
