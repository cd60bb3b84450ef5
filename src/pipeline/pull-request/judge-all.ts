import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, renderProblem, UserMistake } from '../../errors.ts';
import { writeDocument } from '../../evidence/files.ts';
import { readGitState } from '../../github/git.ts';
import { TOLD_WHEN_COUNTED } from '../budget/withheld.ts';
import { writeHtmlReport, writeMarkdownReport } from '../reports.ts';
import { PLAN_FILE, writeCandidatePlan } from './candidate-plan.ts';
import { copyCarried } from './carried.ts';
import { readCommittedConfig } from './committed-config.ts';
import { resolveConfigPaths } from './config-paths.ts';
import { rememberRuns } from './earlier-runs.ts';
import type { JudgeInput, ModelInput } from './judge-input.ts';
import { judgeModel, type ModelResult } from './judge-model.ts';
import { type JudgedEntry, type JudgedIndex, writeJudgedIndex } from './judged-index.ts';
import { keepBaselines } from './kept-baselines.ts';
import { PREDICTIONS } from './layout.ts';
import { listAncestors } from './reuse.ts';

/** All models of a run, and where what they come to is written. */
export interface JudgeAllInput extends JudgeInput {
  /** Paths of modelgate.yml from the root of the repository, one a model. */
  readonly configs: readonly string[];
  /** A folder that is empty or not there yet. */
  readonly output: string;
}

/** What a run came to: whether anything stops the merge, and each model. */
export interface JudgedRun {
  readonly blocks: boolean;
  readonly index: JudgedIndex;
}

/**
 * Judges every model and writes what it comes to: a folder a model with evidence, predictions and reports, and judged.json.
 * A model that cannot be judged is refused with its reason and blocks; the others have their verdicts all the same.
 * Throws UserMistake when the checkout is not the commit that judges, or no configuration is named.
 */
export async function judgeAll(input: JudgeAllInput): Promise<JudgedRun> {
  const { subject, checkout, output, files } = input;
  const configs = resolveConfigPaths(input.configs);
  const git = await readGitState(checkout);
  const judge = subject.base?.sha ?? subject.head.sha;
  if (git.commit !== judge || git.dirty) {
    const found = git.dirty ? 'has changed files' : `is ${git.commit ?? 'no commit'}, and ${judge} judges`;
    throw new UserMistake({ found: `the checkout ${found}`, fix: 'Check out exactly the commit that judges.' });
  }
  await mkdir(output, { recursive: true });
  const runs = input.runs && rememberRuns(input.runs);
  const ancestors = await listAncestors(files, subject);
  const names = await readNames(input, configs);
  const models: JudgedEntry[] = [];
  for (const file of configs) {
    input.signal.throwIfAborted();
    const temporary = await mkdtemp(join(input.environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-'));
    try {
      const one: ModelInput = { ...input, ...(runs ? { runs } : {}), file, git, ancestors, temporary };
      models.push(await judgeOne(one, names));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  const index: JudgedIndex = { schemaVersion: 1, head: subject.head.sha, base: subject.base?.sha ?? null, models };
  await writeJudgedIndex(output, index);
  return { blocks: models.some(({ blocks }) => blocks), index };
}

/** The names that base and head give to the model of each configuration, those of the base first. */
type Names = ReadonlyMap<string, readonly string[]>;

async function readNames({ files, subject }: JudgeInput, configs: readonly string[]): Promise<Names> {
  const commits = [subject.base?.sha, subject.head.sha].filter((commit) => commit !== undefined);
  const names = new Map<string, string[]>();
  for (const file of configs) {
    const read = await Promise.all(commits.map((commit) => readCommittedConfig(files, commit, file)));
    const found = read.flatMap((one) => (one.state === 'read' ? [one.config.model] : []));
    names.set(file, found);
  }
  return names;
}

/** A model that another configuration is of as well: nobody could tell their evidence apart, so neither is judged. */
function findClash(file: string, names: Names): string | undefined {
  const others = [...names].flatMap(([other, models]) => (other === file ? [] : models));
  return names.get(file)?.find((model) => others.includes(model));
}

async function judgeOne(input: ModelInput, names: Names): Promise<JudgedEntry> {
  const { file, progress } = input;
  const refuse = (model: string | undefined, reason: string, absent = false): JudgedEntry => {
    progress.warn(`${file}: ${reason}`);
    return {
      config: file,
      model: model ?? null,
      outcome: 'cannot-measure',
      blocks: true,
      reason,
      refused: true,
      absent,
      reused: false,
    };
  };
  const [known] = names.get(file) ?? [];
  const clash = findClash(file, names);
  if (clash !== undefined) return refuse(known, `several configurations are of the model ${clash}`);
  progress.info(`Judging ${known ?? file}`);
  try {
    const result = await judgeModel(input);
    if ('refused' in result) return refuse(result.model, result.refused, result.absent);
    return 'left' in result ? describeLeft(file, result) : await writeModel(input, result);
  } catch (error) {
    input.signal.throwIfAborted();
    // Half of a model's files would look like a whole.
    if (known !== undefined) await rm(join(input.output, known), { recursive: true, force: true });
    return refuse(known, explain(error, input));
  }
}

/** Nothing of it is here, so that whoever takes this folder for a verdict refuses it; nothing stops the run either. */
function describeLeft(file: string, { model, left }: Extract<ModelResult, { readonly left: unknown }>): JudgedEntry {
  const state = { outcome: 'cannot-measure', blocks: false, refused: true, absent: false } as const;
  return { config: file, model, ...state, reason: TOLD_WHEN_COUNTED, reused: left.reused };
}

/** A mistake in the files that judge, or a bug of ours: either way there is no verdict, and that blocks. */
function explain(error: unknown, { temporary, progress }: ModelInput): string {
  const isMistake = error instanceof UserMistake;
  if (!isMistake && error instanceof Error && error.stack) progress.warn(error.stack);
  const text = isMistake
    ? error.problems.map(renderProblem).join('; ')
    : `modelgate failed, which is a bug: ${messageOf(error)}`;
  return text.replaceAll(join(temporary, 'judging'), '').replaceAll(temporary, '').replaceAll(/\s+/g, ' ');
}

type Judged = Extract<ModelResult, { readonly run: unknown }>;

async function writeModel(input: ModelInput, { model, run, evidence, found, predicted }: Judged): Promise<JudgedEntry> {
  const { verdict } = evidence;
  if (!verdict) throw new Error('a model was judged without a verdict');
  for (const document of Object.values(evidence)) await writeDocument(run.runFolder, document);
  const { predictions } = predicted;
  if (predictions) await copyFile(predictions.path, join(run.runFolder, `${PREDICTIONS}${predictions.ending}`));
  await copyCarried(predicted.folder, run.runFolder);
  await keepBaselines(input, run);
  await writeCandidatePlan(join(run.runFolder, PLAN_FILE), found.candidate.plan);
  await writeMarkdownReport(run.runFolder, evidence);
  await writeHtmlReport(run.runFolder, evidence);
  const { outcome, blocks, reason } = verdict;
  return { config: input.file, model, outcome, blocks, reason, refused: false, absent: false, reused: found.reused };
}
