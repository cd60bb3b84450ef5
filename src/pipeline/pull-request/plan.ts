import type { Config } from '../../config/schema/modelgate.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import type { Subject } from '../../github/subject.ts';
import { isReleased } from '../baselines.ts';
import { findChangedLabels } from './changed-labels.ts';
import type { CommitFiles } from './commit-files.ts';
import { type ReadConfig, readCommittedConfig } from './committed-config.ts';
import { resolveConfigPaths } from './config-paths.ts';
import type { EarlierRuns } from './earlier-runs.ts';
import { computeInputsDigest, type EnvironmentWords } from './inputs-digest.ts';
import { findReusable, listAncestors } from './reuse.ts';

/** What is planned of a run: which models are trained, which are judged on what is there, and which have to wait. */
export interface PlanInput {
  readonly files: CommitFiles;
  readonly subject: Subject;
  /** Paths of modelgate.yml from the root of the repository, one a model. */
  readonly configs: readonly string[];
  readonly environment: EnvironmentWords;
  /** Whether somebody who may has approved that a fork's code runs. */
  readonly approved: boolean;
  /** Without it nothing is used again. */
  readonly runs?: EarlierRuns;
}

/** What happens with one model, and why. */
export interface PlannedModel {
  readonly config: string;
  readonly model: string;
  readonly action: 'train' | 'reuse' | 'refuse';
  readonly reason: string;
  readonly inputsDigest: string;
  /** Whether there is data to check. */
  readonly hasData: boolean;
  /** Whether a run of a push may have to let released baselines predict its test set. */
  readonly hasReleased: boolean;
}

/** Plans every model of the head. Throws UserMistake with everything that is wrong in all configurations. */
export async function planModels(input: PlanInput): Promise<PlannedModel[]> {
  const found = await readConfigs(input);
  return Promise.all(found.map(([file, config]) => planModel(input, file, config)));
}

async function readConfigs({ files, subject, configs }: PlanInput): Promise<[file: string, config: ReadConfig][]> {
  const problems: Problem[] = [];
  const found: [string, ReadConfig][] = [];
  for (const file of resolveConfigPaths(configs)) {
    const config = await readCommittedConfig(files, subject.head.sha, file);
    if (config.state === 'read') found.push([file, config]);
    else if (config.state === 'broken') problems.push(...config.problems);
    else {
      const fix = 'Name the files of the models with the input `config`.';
      problems.push({ file, found: 'there is no such file in the commit that is judged', fix });
    }
  }
  problems.push(...findDoubledModels(found));
  if (problems.length > 0) throw new UserMistake(problems);
  return found;
}

function findDoubledModels(found: readonly (readonly [string, ReadConfig])[]): Problem[] {
  return found.flatMap(([file, { config, locate }], index) => {
    const [first] = found.find((other, at) => at < index && other[1].config.model === config.model) ?? [];
    if (first === undefined) return [];
    const fix = 'Give each model a name of its own.';
    return [{ ...locate(['model']), file, found: `${first} is also of the model ${config.model}`, fix }];
  });
}

async function planModel(input: PlanInput, file: string, read: ReadConfig): Promise<PlannedModel> {
  const { files, subject, environment } = input;
  const { config } = read;
  const inputsDigest = await computeInputsDigest(files, subject.head.sha, file, config, environment);
  const model = {
    config: file,
    model: config.model,
    inputsDigest,
    hasData: config.data !== undefined,
    hasReleased: hasReleased(subject, config),
  };
  const reusable = await findEvidence(input, file, read, inputsDigest);
  if (reusable !== undefined) return { ...model, action: 'reuse', reason: reusable };
  if (subject.draft) {
    return { ...model, action: 'refuse', reason: 'a draft is not trained; mark the pull request as ready for review' };
  }
  if (subject.fork && !input.approved) {
    const reason = "a fork's code runs only after somebody with the right to write has approved it";
    return { ...model, action: 'refuse', reason };
  }
  return { ...model, action: 'train', reason: 'no earlier run has evidence of the same inputs' };
}

/** Rows alone can be predicted: by numbers that files report, nothing is compared with a model that runs. */
function hasReleased({ kind }: Subject, { evaluate, gates }: Config): boolean {
  if (kind !== 'push' || !evaluate?.predictions) return false;
  return (gates?.rules ?? []).some(({ against }) => against !== undefined && isReleased(against));
}

/** Where evidence with the same inputs lies, in words. With other labels than the base's there is none for the base's. */
async function findEvidence(
  { files, subject, runs }: PlanInput,
  file: string,
  { config }: ReadConfig,
  inputsDigest: string,
): Promise<string | undefined> {
  if (!runs) return undefined;
  if (subject.base) {
    const base = await readCommittedConfig(files, subject.base.sha, file);
    const head = { commit: subject.head.sha, config };
    const sides = base.state === 'read' && { file, base: { commit: subject.base.sha, config: base.config }, head };
    if (!sides || (await findChangedLabels(files, sides))) return undefined;
  }
  const ancestors = await listAncestors(files, subject);
  const found = await findReusable({ files, runs, ancestors, model: config.model, config, inputsDigest });
  return found && `the run ${found.run.id} of ${found.run.commit.slice(0, 12)} has evidence of the same inputs`;
}
