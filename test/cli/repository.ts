import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { main } from '../../src/cli/program.ts';

/** A script that predicts by a rule of thumb, right nine times in ten. */
const PREDICT = `import csv, os
os.makedirs("out", exist_ok=True)
with open("data/test.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
with open("out/predictions.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\\n")
    writer.writerow(["id", "predicted"])
    for at, row in enumerate(rows):
        writer.writerow([row["id"], "yes" if (float(row["usage"]) < 5) != (at % 10 == 0) else "no"])
`;

/** Forty customers: those who use little leave. */
export const CUSTOMERS = [
  'id,plan,usage,zip,churned',
  ...Array.from({ length: 40 }, (_, at) => {
    const usage = (at * 7) % 20;
    return `c${at},${at % 2 ? 'basic' : 'plus'},${usage}.5,0${1000 + at},${usage < 5 ? 'yes' : 'no'}`;
  }),
  '',
].join('\n');

export interface Repository {
  readonly folder: string;
  read(path: string): Promise<string>;
  write(path: string, text: string | Uint8Array): Promise<void>;
  /** Every file beside git's own, by its path. */
  list(): string[];
}

/** A small repository with a test set and a script that predicts. `files` are added; null takes one away. */
export async function createRepository(files: Readonly<Record<string, string | null>> = {}): Promise<Repository> {
  const folder = await createFolder();
  const repository: Repository = {
    folder,
    read: (path) => readFile(join(folder, path), 'utf8'),
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    list: () =>
      execFileSync('git', ['ls-files', '-z', '--others', '--cached'], { cwd: folder, encoding: 'utf8' })
        .split('\0')
        .filter(Boolean)
        .toSorted(),
  };
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  const all = { 'data/test.csv': CUSTOMERS, 'predict.py': PREDICT, ...files };
  for (const [path, text] of Object.entries(all)) if (text !== null) await repository.write(path, text);
  return repository;
}

/** An empty folder of this test's own, called so that it gives a model its name. */
export async function createFolder(): Promise<string> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-init-')));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'churn');
  await mkdir(folder);
  return folder;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function modelgate(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
      return true;
    }),
  );
  try {
    const code = await main(args, { ...process.env, MODELGATE_DUCKDB: '', ...environment });
    return { code, ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
