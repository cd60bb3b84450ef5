import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeDigest, computeSha256 } from '../../../src/evidence/digest.ts';
import { readDocument, readEvidence, writeDocument } from '../../../src/evidence/files.ts';
import { openCommitFiles } from '../../../src/github/commit-files.ts';
import type { Subject } from '../../../src/github/subject.ts';
import { makeCandidate } from '../../../src/pipeline/pull-request/candidate.ts';
import { type JudgeAllInput, judgeAll } from '../../../src/pipeline/pull-request/judge-all.ts';
import { withRun } from '../../../src/pipeline/run.ts';
import { SILENT } from '../../../src/progress.ts';
import { copyPenguins, type Penguins } from '../../support/penguins.ts';

export const NOW = () => new Date('2026-11-22T09:00:00Z');
const DIGEST = `sha256:${'d'.repeat(64)}`;

/** What a run on one machine and one on several are given alike. */
export const SETTING = {
  environment: process.env,
  progress: SILENT,
  signal: new AbortController().signal,
  now: NOW,
};

/** What is done to the files before they are committed. */
export type Change = (penguins: Penguins) => unknown;

/** A repository of the penguins in which pull requests are made and judged. */
export interface Workshop extends Penguins {
  git(...args: string[]): string;
  /** Commits everything and returns the commit. */
  commit(): string;
  makeFolder(): Promise<string>;
  /** Commits a base and a head on it, and checks out the base. */
  propose(head: Change, base?: Change): Promise<{ base: string; head: string }>;
  /** Trains and predicts at the commit that is checked out, for real. `place` is the folder of modelgate.yml. */
  train(options?: { readonly base?: string; readonly place?: string }): Promise<string>;
}

export async function openWorkshop(): Promise<Workshop> {
  const penguins = await copyPenguins();
  const { folder } = penguins;
  const made: string[] = [];
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const commit = () => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'Change');
    return git('rev-parse', 'HEAD');
  };
  const makeFolder = async () => {
    const one = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-workshop-')));
    made.push(one);
    return one;
  };
  const start = git('rev-parse', 'HEAD');
  return {
    ...penguins,
    git,
    makeFolder,
    commit,
    async propose(changeHead, changeBase = () => {}) {
      git('checkout', '--quiet', '--force', '--detach', start);
      await changeBase(penguins);
      const base = commit();
      await changeHead(penguins);
      const head = commit();
      git('checkout', '--quiet', '--force', base);
      return { base, head };
    },
    async train({ base, place = '.' } = {}) {
      const target = join(await makeFolder(), 'candidate');
      const input = { inputsDigest: DIGEST, folder: target, files: openCommitFiles(folder), base };
      const config = join(folder, place);
      await withRun({ ...SETTING, config, runFolder: await makeFolder() }, (run) => makeCandidate(run, input));
      return target;
    },
    async remove() {
      await penguins.remove();
      for (const one of made) await rm(one, { recursive: true, force: true });
    },
  };
}

/** A pull request of a branch of the same repository. */
export function createPullRequest(head: string, base: string, more: Partial<Subject> = {}): Subject {
  return {
    kind: 'pull-request',
    number: 7,
    head: { sha: head, repository: 'octo/penguins', repositoryId: 1, ref: 'change' },
    base: { sha: base, ref: 'main' },
    draft: false,
    fork: false,
    author: 'ada',
    ...more,
  };
}

export function createPush(head: string): Subject {
  const { base: _base, number: _number, ...rest } = createPullRequest(head, head);
  return { ...rest, kind: 'push' };
}

/** Judges with the checkout as it stands. */
export async function judge(workshop: Workshop, subject: Subject, more: Partial<JudgeAllInput> = {}) {
  const output = await workshop.makeFolder();
  const result = await judgeAll({
    mayReuse: true,
    budgeted: 'shown',
    ...SETTING,
    files: openCommitFiles(workshop.folder),
    subject,
    checkout: workshop.folder,
    configs: ['modelgate.yml'],
    candidates: new Map(),
    output,
    ...more,
  });
  const read = (model: string) => readEvidence(join(output, model));
  return { ...result, output, read, model: result.index.models[0] };
}

/** A candidate as if it had been made at another commit: training gives the same bytes wherever it runs. */
export async function restate(workshop: Workshop, candidate: string, commit: string): Promise<string> {
  const target = join(await workshop.makeFolder(), 'candidate');
  await cp(candidate, target, { recursive: true });
  const config = computeSha256(workshop.git('show', `${commit}:modelgate.yml`).concat('\n'));
  const training = await readDocument(target, 'training');
  const prediction = await readDocument(target, 'prediction');
  if (!training || !prediction) throw new Error('a candidate without documents is restated');
  const trained = { ...training, subject: { ...training.subject, commit, config } };
  await writeDocument(target, trained);
  const parents = [{ kind: 'training' as const, sha256: computeDigest(trained) }];
  await writeDocument(target, { ...prediction, parents, subject: { ...prediction.subject, commit, config } });
  return target;
}

/** Replaces a text in a file of a candidate. */
export async function tamper(folder: string, file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from}`);
  await writeFile(join(folder, file), changed);
}

/** Judges a pull request whose candidate is a trained one, restated for its head. */
export async function judgeChange(
  workshop: Workshop,
  trained: string,
  changes: { readonly head: Change; readonly base?: Change },
  more: Partial<JudgeAllInput> = {},
) {
  const { base, head } = await workshop.propose(changes.head, changes.base);
  const candidates = hold(await restate(workshop, trained, head));
  const judged = await judge(workshop, createPullRequest(head, base), { candidates, ...more });
  const evidence = judged.model?.refused ? {} : await judged.read('penguins');
  return { ...judged, base, head, evidence, verdict: evidence.verdict };
}

/** The candidates of a run with the model of the penguins alone. */
export function hold(folder: string): JudgeAllInput['candidates'] {
  return new Map([['penguins', { folder }]]);
}
