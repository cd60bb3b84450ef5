import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A program and the arguments that come before ours. Started without a shell. */
export interface Command {
  readonly file: string;
  readonly leading: readonly string[];
}

/**
 * How to start the npm of this environment. `npm.cmd` cannot be started without a shell, so on Windows npm's own script
 * is run by the Node that runs us; that is also the way out where only the running Node's npm is there.
 * `undefined` when there is no npm.
 */
export function findNpm(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  node: string = process.execPath,
): Command | undefined {
  const windows = platform === 'win32';
  const folders = readPath(environment, windows);
  if (!windows && folders.some((folder) => existsSync(join(folder, 'npm')))) return { file: 'npm', leading: [] };
  const script = [
    ...(windows ? folders : []).map((folder) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')),
    join(dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(dirname(node)), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => existsSync(path));
  return script === undefined ? undefined : { file: node, leading: [script] };
}

function readPath(environment: NodeJS.ProcessEnv, windows: boolean): string[] {
  // Windows does not mind the case of a variable's name: it is usually spelt `Path`.
  const name = Object.keys(environment).find((key) => (windows ? key.toUpperCase() === 'PATH' : key === 'PATH'));
  return (name === undefined ? '' : (environment[name] ?? '')).split(delimiter).filter((folder) => folder !== '');
}
