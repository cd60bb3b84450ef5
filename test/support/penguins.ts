import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './program.ts';

/** A copy of the penguins example in a git repository of its own. */
export interface Penguins {
  readonly folder: string;
  /** Replaces a text of a file; a text that is not there is an error of the test. */
  change(file: string, from: string, to: string): Promise<void>;
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** The evidence of its last run, by the names of the files. */
  readEvidence(): Promise<Record<string, Record<string, unknown>>>;
  remove(): Promise<void>;
}

export async function copyPenguins(): Promise<Penguins> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-penguins-')));
  await cp(join(ROOT, 'examples/penguins'), folder, {
    recursive: true,
    filter: (path) => !/[/\\](out|\.modelgate|__pycache__)$/.test(path),
  });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', 'commit', '--message', 'Start');
  return {
    folder,
    async change(file, from, to) {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      await writeFile(path, text.replace(from, to));
    },
    write: (file, text) => writeFile(join(folder, file), text),
    read: (file) => readFile(join(folder, file), 'utf8'),
    readEvidence: () => readEvidence(join(folder, '.modelgate/evidence')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function readEvidence(folder: string): Promise<Record<string, Record<string, unknown>>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, JSON.parse(texts[index] ?? '')]));
}
