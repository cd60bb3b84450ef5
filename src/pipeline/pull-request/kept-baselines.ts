import { copyFile, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '../../evidence/file-hash.ts';
import type { Subject } from '../../evidence/schema/envelope.ts';
import type { FormerModel, PredictedAgain } from '../baseline-run/former-model.ts';
import type { Run } from '../run.ts';
import { type PredictedBaseline, readBaselines, writeBaselines } from './baselines-file.ts';
import { findLayoutFault, MAX_PREDICTIONS } from './candidate-files.ts';
import { readCommittedConfig } from './committed-config.ts';
import { findAncestors } from './earlier-runs.ts';
import type { ModelInput } from './judge-input.ts';
import { BASELINES, isJudgedName } from './layout.ts';

/**
 * Finds what the model of a released baseline predicted in a run of the default branch: of a push in that very run, and else
 * in the nearest one before the base. Nothing that a pull request's own run left behind is asked. What is there must be of
 * the same commit, modelgate.yml and files of the model; columns come from git and the threshold from the release.
 */
export function openKeptBaselines(input: ModelInput): NonNullable<Run['predictAgain']> {
  return async (run, name, model) => {
    if (name === 'base' || name.includes(':')) return { reason: 'a job that judges runs no code of a baseline' };
    const place = await findPlace(input, run.project.config.model);
    const found = 'reason' in place ? place : await findIn(place, input, run, model);
    if (!('reason' in found)) return found;
    return { reason: `that is for runs of the default branch, and ${found.reason}. The next one to succeed brings it` };
  };
}

interface Place {
  /** The folder of the model. */
  readonly folder: string;
  readonly by: string;
}

type Absent = { readonly reason: string };

async function findPlace(
  { subject, ownBaselines, runs, ancestors }: ModelInput,
  model: string,
): Promise<Place | Absent> {
  if (subject.kind === 'push') {
    if (!ownBaselines) return { reason: 'this one has let no baseline predict' };
    if ('fault' in ownBaselines)
      return { reason: `what it predicted in this one cannot be had: ${ownBaselines.fault}` };
    return { folder: join(ownBaselines.folder, model), by: 'this run' };
  }
  const listed = await runs?.list();
  if (!listed) return { reason: 'they can be looked up in a workflow only' };
  if ('fault' in listed) return { reason: `they could not be looked up: ${listed.fault}` };
  const [nearest] = findAncestors(listed.runs, ancestors);
  if (!runs || !nearest) return { reason: 'none has succeeded for the base or one of its first parents' };
  const by = `the run ${nearest.run.id} of ${nearest.run.commit.slice(0, 12)}`;
  const fetched = await runs.fetchJudged(nearest.run);
  if ('fault' in fetched) return { reason: `what ${by} kept cannot be had: ${fetched.fault}` };
  return { folder: join(fetched.folder, model), by };
}

async function findIn(
  { folder, by }: Place,
  { files, file }: ModelInput,
  run: Run,
  { subject, threshold }: FormerModel,
): Promise<PredictedAgain | Absent> {
  const listed = await readKept(folder, run.project.config.model);
  if ('refused' in listed) return { reason: `what ${by} kept is refused: ${listed.refused}` };
  const kept = listed.find((one) => isSame(one.subject, subject));
  if (!kept) return { reason: `${by} kept no predictions of it` };
  if (!kept.predictions) return { reason: `in ${by} it could not: ${kept.reason ?? 'nobody says why'}` };
  const path = join(folder, BASELINES, kept.predictions.file);
  const { sha256 } = kept.predictions;
  const fault = await findFileFault(path, sha256);
  if (fault !== undefined) return { reason: `what ${by} kept is refused: its predictions ${fault}` };
  const former = subject.commit === null ? undefined : await readCommittedConfig(files, subject.commit, file);
  if (former?.state !== 'read' || former.sha256 !== subject.config) {
    return { reason: `the ${file} of its commit cannot be read` };
  }
  const { model, evaluate } = former.config;
  if (model !== run.project.config.model) return { reason: `it is of another model, ${model}` };
  if (!evaluate?.predictions) return { reason: `the ${file} of its commit names no predictions` };
  if (evaluate['operating-point'] && threshold === undefined) return { reason: 'its operating point is not known' };
  const point = threshold === undefined ? {} : { threshold };
  return { path, sha256, columns: evaluate.predictions, by, ...point };
}

/** Keeps what this push's models of baselines predicted beside the evidence, for the pull requests that come after. */
export async function keepBaselines({ subject, ownBaselines }: ModelInput, { project, runFolder }: Run): Promise<void> {
  if (subject.kind !== 'push' || !ownBaselines || 'fault' in ownBaselines) return;
  const folder = join(ownBaselines.folder, project.config.model);
  const listed = await readKept(folder, project.config.model);
  if ('refused' in listed || listed.length === 0) return;
  for (const { predictions } of listed) {
    if (!predictions || (await findFileFault(join(folder, BASELINES, predictions.file), predictions.sha256))) continue;
    await mkdir(join(runFolder, BASELINES), { recursive: true });
    await copyFile(join(folder, BASELINES, predictions.file), join(runFolder, BASELINES, predictions.file));
  }
  await writeBaselines(runFolder, listed);
}

/** The list of a model's folder in an artifact, as hostile. */
async function readKept(
  folder: string,
  model: string,
): Promise<readonly PredictedBaseline[] | { readonly refused: string }> {
  if (!(await lstat(folder).catch(() => undefined))?.isDirectory()) return [];
  const fault = await findLayoutFault(folder, (name) => isJudgedName(`${model}/${name}`));
  return fault === undefined ? readBaselines(folder) : { refused: fault };
}

async function findFileFault(path: string, sha256: string): Promise<string | undefined> {
  const entry = await lstat(path).catch(() => undefined);
  if (!entry?.isFile()) return 'are not there';
  if (entry.size > MAX_PREDICTIONS) return `have ${entry.size} bytes; at most ${MAX_PREDICTIONS} are read`;
  return (await hashFile(path)).sha256 === sha256 ? undefined : 'are not those that are listed by digest';
}

function isSame(one: Subject, other: Subject): boolean {
  const list = ({ modelFiles }: Subject) =>
    modelFiles
      .map(({ path, sha256 }) => `${sha256} ${path}`)
      .sort()
      .join('\n');
  return one.commit === other.commit && one.config === other.config && list(one) === list(other);
}
