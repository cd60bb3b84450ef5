import { execFile } from 'node:child_process';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UserMistake } from '../../errors.ts';
import { git } from '../../github/git.ts';
import type { Flags, Terminal } from '../command.ts';
import { runStages } from './run.ts';

const execute = promisify(execFile);

/** Copies the penguins example into a folder of its own, makes it a git repository, and runs the whole pipeline on it. */
export async function runDemo(terminal: Terminal, flags: Flags): Promise<number> {
  await requirePython();
  const folder = resolve(flags.folder ?? '.modelgate-demo', 'penguins');
  const shown = relative(process.cwd(), folder) || '.';
  await removeFormerDemo(folder, shown);
  await cp(findExample(), folder, { recursive: true, filter: (path) => !/[/\\](out|\.modelgate)$/.test(path) });
  await writeFile(join(folder, MARKER), 'The demo made this folder and replaces it.\n');
  await commit(folder).catch(() => terminal.progress.warn('git is not there, so the evidence names no commit.'));
  terminal.progress.info(`The penguins example, in ${shown}`);
  const code = await runStages(terminal, { ...flags, config: join(folder, 'modelgate.yml') });
  const file = join(shown, 'modelgate.yml');
  terminal.progress.info(`Next: ask for too much, \`min: 0.999\`, in ${file}, and see it refused:`);
  terminal.progress.info(`  node ${relative(process.cwd(), process.argv[1] ?? '')} run --config ${shown}`);
  return code;
}

const MARKER = '.modelgate-demo';

/** Only a folder that an earlier demo made is removed. */
async function removeFormerDemo(folder: string, shown: string): Promise<void> {
  const entries: string[] = await readdir(folder).catch(() => []);
  if (entries.length > 0 && !entries.includes(MARKER)) {
    const fix = 'Name another folder with --folder, or remove this one yourself.';
    throw new UserMistake({ file: shown, found: 'this folder is there, and no demo made it', fix });
  }
  await rm(folder, { recursive: true, force: true });
}

async function requirePython(): Promise<void> {
  try {
    await execute('python3', ['--version']);
  } catch (error) {
    const fix =
      'Install it and run the demo again: `apt-get install python3` (Debian, Ubuntu), `brew install python3` (macOS), ' +
      'or the installer of python.org. No package beyond its standard library is needed.';
    throw new UserMistake(
      { found: "the example trains its model with python3, and python3 can't be started", fix },
      { cause: error },
    );
  }
}

/** The example lies beside the folder of the program: `dist/` and `examples/` are neighbours. */
function findExample(): string {
  return fileURLToPath(new URL('../examples/penguins', import.meta.url));
}

async function commit(folder: string): Promise<void> {
  await git(folder, ['init', '--quiet', '--initial-branch=main']);
  await git(folder, ['add', '--all']);
  const author = ['-c', 'user.name=Modelgate demo', '-c', 'user.email=demo@invalid', '-c', 'commit.gpgsign=false'];
  await git(folder, [...author, 'commit', '--quiet', '--message', 'The penguins example']);
}
