import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Samples } from '../../src/evaluation/samples.ts';
import { score } from '../../src/evaluation/score.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import { findBaselines } from '../../src/pipeline/baselines.ts';
import { executeStages } from '../../src/pipeline/execute.ts';
import { measureForRules } from '../../src/pipeline/measurements.ts';
import { type Run, withRun } from '../../src/pipeline/run.ts';
import type { Stage } from '../../src/pipeline/stages.ts';
import { SILENT } from '../../src/progress.ts';

/** A repository with one model of two classes, whose predictions are written by hand. */
export interface SmallProject {
  readonly folder: string;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Opens a run and does something with it. */
  open<T>(work: (run: Run) => Promise<T>, options?: Options): Promise<T>;
  execute(stages: readonly Stage[], options?: Options): Promise<EvidenceSet>;
  remove(): Promise<void>;
}

interface Options {
  readonly runFolder?: string;
  readonly progress?: Run['progress'];
}

/** 40 rows on two islands: of the labels every fourth is `yes`. */
export const ROWS = Array.from({ length: 40 }, (_, index) => ({
  id: `r${String(index).padStart(2, '0')}`,
  label: index % 4 === 0 ? 'yes' : 'no',
  island: index < 24 ? 'large' : 'small',
}));

export const LABELS = writeLines(
  'id,label,island',
  ROWS.map(({ id, label, island }) => `${id},${label},${island}`),
);

/** Predictions that are right but for some rows. */
export function predict(wrong: readonly number[], rows = ROWS): string {
  const flip = (label: string) => (label === 'yes' ? 'no' : 'yes');
  return writeLines(
    'id,answer,score',
    rows.map(({ id, label }, index) => {
      const answer = wrong.includes(index) ? flip(label) : label;
      return `${id},${answer},${answer === 'yes' ? 0.8 : 0.2}`;
    }),
  );
}

function writeLines(header: string, lines: readonly string[]): string {
  return `${[header, ...lines].join('\n')}\n`;
}

/** A modelgate.yml with some rules, each in one line. */
export function configure(rules: readonly string[], reveal = 'rows', more = ''): string {
  return `version: 1
model: small
task: binary-classification
evaluate:
  predictions: { path: out/predictions.csv, id: id, prediction: answer, scores: score }
  labels: { path: data/test.csv, id: id, label: label }
  positive: "yes"
  reveal: ${reveal}
  slices: [island]
  metrics: [accuracy, recall]
${more}gates:
  rules:
${rules.map((rule) => `    - ${rule}`).join('\n')}
`;
}

export async function openSmallProject(files: Readonly<Record<string, string>>): Promise<SmallProject> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-small-')));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  const open: SmallProject['open'] = (work, { runFolder, progress = SILENT } = {}) =>
    withRun(
      {
        config: folder,
        environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
        progress,
        signal: new AbortController().signal,
        now: () => new Date('2026-11-22T09:00:00Z'),
        ...(runFolder === undefined ? {} : { runFolder: join(folder, runFolder) }),
      },
      work,
    );
  return {
    folder,
    write,
    read: (path) => readFile(join(folder, path), 'utf8'),
    open,
    execute: (stages, options) => open((run) => executeStages(run, stages), options),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Scores the candidate, does something else, and measures beside the baselines that its rules name. */
export async function measure(project: SmallProject, between: () => Promise<unknown> = async () => {}) {
  return project.open(async (run) => {
    const baselines = await findBaselines(run);
    const evaluation = await score({ ...run, parents: {} });
    await between();
    return { baselines, ...(await measureForRules(run, { evaluation }, baselines)) };
  });
}

export function requireSamples(found: Samples | { readonly reason: string } | undefined): Samples {
  if (!found || 'reason' in found) throw new Error(`there are no samples: ${found?.reason}`);
  return found;
}
