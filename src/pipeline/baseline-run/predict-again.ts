import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { trimPath } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import { describeFound, UserMistake } from '../../errors.ts';
import { predict } from '../../evaluation/predict.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { BaselinePredictions } from '../../gate/baseline.ts';
import type { Run } from '../run.ts';
import type { FormerModel } from './former-model.ts';
import { layOutFormer } from './former-project.ts';
import { placeFile } from './placing.ts';
import { bringTestSet } from './test-set.ts';

/**
 * Lets a former model predict today's test set: the commit that it was made from is laid out in a folder of its own, with
 * its files, verified, and the labels and data of today, and its own `evaluate.run` runs there as a candidate's does. The
 * working tree is left alone, and of the folder only the predictions are left. Throws the reason of an abort; whatever else
 * stands in the way is half a sentence.
 */
export async function predictAgain(
  run: Run,
  name: string,
  model: FormerModel,
): Promise<BaselinePredictions | Unmeasured> {
  if (model.subject.modelFiles.length === 0) return { reason: 'its evidence names no file of the model' };
  run.progress.info(`The model of the baseline ${name}, on the test set of today:`);
  const folder = await mkdtemp(join(run.temporary, 'former-'));
  try {
    const found = await predictInCopy(run, join(folder, 'copy'), model);
    if ('reason' in found) return found;
    const path = join(folder, 'predictions', basename(found.path));
    await mkdir(dirname(path));
    await copyFile(found.path, path, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    return { ...found, path };
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof UserMistake) return { reason: describeFound(error) };
    throw error;
  } finally {
    // The candidate's code runs next, and must not answer by this model.
    await rm(join(folder, 'copy'), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function predictInCopy(
  run: Run,
  copy: string,
  { subject, threshold, bring }: FormerModel,
): Promise<BaselinePredictions | Unmeasured> {
  const former = await layOutFormer(run, subject, copy);
  if ('reason' in former) return former;
  const { evaluate } = former.config;
  if (!evaluate?.run || !evaluate.predictions) {
    return { reason: `the ${former.file} of its commit has no \`evaluate.run\`` };
  }
  const { predictions: columns } = evaluate;
  if (evaluate['operating-point'] && threshold === undefined) return { reason: 'its operating point is not known' };
  const brought = await bring();
  if ('reason' in brought) return brought;
  for (const { path } of subject.modelFiles) {
    if (!brought.has(trimPath(path))) return { reason: `${path}, a file of the model, is not at hand` };
  }
  const unplaced = await bringTestSet(run.project, former);
  if (unplaced) return unplaced;
  const digests = new Map(subject.modelFiles.map(({ path, sha256 }) => [trimPath(path), sha256]));
  for (const [path, source] of brought) {
    const fault = await placeFile(former, path, source, digests.get(path));
    if (fault) return fault;
  }
  const project = limitTime(former, run.project);
  const { outcome, reason, inputs, outputs } = await predict({ ...run, project, parents: {} });
  if (outcome !== 'pass') return { reason: tellEnd(reason) };
  const strange = findStranger(digests, inputs);
  if (strange !== undefined) return { reason: `it ran with ${strange}, which is not in the model that was measured` };
  const written = outputs.find(({ path }) => trimPath(path) === trimPath(columns.path));
  if (!written) throw new Error('predictions were made, and none are named');
  return {
    path: join(former.folder, written.path),
    sha256: written.sha256,
    columns,
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/**
 * It has as long as it gave itself, and where it did not say, as long as the candidate has. Its predictions alone are asked
 * for: what it reported says nothing of the rows of today.
 */
function limitTime(former: Project, today: Project): Project {
  const { evaluate } = former.config;
  if (!evaluate) return former;
  const timeout = evaluate.timeout ?? today.config.evaluate?.timeout;
  const { reported: _reported, ...own } = evaluate;
  return {
    ...former,
    config: { ...former.config, evaluate: { ...own, ...(timeout === undefined ? {} : { timeout }) } },
  };
}

/** A file of the model that ran, and that is none of those expected. */
function findStranger(expected: ReadonlyMap<string, string>, files: readonly FileDigest[]): string | undefined {
  return files.find(({ path, sha256 }) => expected.get(trimPath(path)) !== sha256)?.path;
}

/** A sentence as the second half of another. */
function tellEnd(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
}
