import { constants } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { trimPath } from '../../config/paths.ts';
import { describeFound, UserMistake } from '../../errors.ts';
import type { FormerModel } from '../baseline-run/former-model.ts';
import { predictAgain } from '../baseline-run/predict-again.ts';
import { findBaselines, isReleased } from '../baselines.ts';
import type { Run } from '../run.ts';
import { type PredictedBaseline, readBaselines, writeBaselines } from './baselines-file.ts';
import { BASELINES, MODEL_PREDICTIONS } from './layout.ts';

/** Where models of baselines lie, and what they predict. */
export interface BaselineFolders {
  /** What becomes an artifact: a folder a model, with baselines.json and `baselines/`. */
  readonly kept: string;
  /** Files of models, each named after its content. */
  readonly models: string;
}

/**
 * Finds the released baselines whose kept predictions do not serve for today's rules and test set, brings their models and
 * lists them. No code of theirs runs. Returns what is listed; nothing is written where nothing is wanted.
 */
export async function findWantedBaselines(run: Run, folders: BaselineFolders): Promise<readonly PredictedBaseline[]> {
  const wanted = new Map<string, FormerModel>();
  const collect: Run['predictAgain'] = async (_, name, model) => {
    wanted.set(name, model);
    return { reason: 'this comes later' };
  };
  await findBaselines({ ...run, predictAgain: collect }, isReleased);
  const listed: PredictedBaseline[] = [];
  for (const [name, model] of wanted) {
    const { subject, threshold } = model;
    const reason = await bringModel(model, folders.models);
    listed.push({
      ...{ name, subject },
      ...(threshold === undefined ? {} : { threshold }),
      ...(reason === undefined ? {} : { reason }),
    });
  }
  if (listed.length > 0) await writeBaselines(join(folders.kept, run.project.config.model), listed);
  return listed;
}

async function bringModel({ subject, bring }: FormerModel, models: string): Promise<string | undefined> {
  try {
    const brought = await bring();
    if ('reason' in brought) return brought.reason;
    await mkdir(models, { recursive: true });
    for (const { path, sha256 } of subject.modelFiles) {
      const source = brought.get(trimPath(path));
      if (source === undefined) return `${path}, a file of the model, is not at hand`;
      await rm(join(models, nameFile(sha256)), { force: true });
      await copyFile(source, join(models, nameFile(sha256)), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return describeFound(error);
  }
}

/** Lets the listed models predict today's test set, by the code of their own commits, and keeps what they predict. */
export async function predictWantedBaselines(
  run: Run,
  folders: BaselineFolders,
): Promise<readonly PredictedBaseline[]> {
  const home = join(folders.kept, run.project.config.model);
  const listed = await readBaselines(home);
  if ('refused' in listed) throw new UserMistake({ found: listed.refused, fix: 'Run the job again.' });
  const predicted: PredictedBaseline[] = [];
  for (const [index, wanted] of listed.entries())
    predicted.push(await predictOne(run, wanted, { ...folders, home, index }));
  // Nothing that is left of a run before may be taken for one of these.
  if (predicted.length > 0) await writeBaselines(home, predicted);
  return predicted;
}

interface Place extends BaselineFolders {
  readonly home: string;
  readonly index: number;
}

async function predictOne(run: Run, wanted: PredictedBaseline, place: Place): Promise<PredictedBaseline> {
  const { name, subject, threshold, reason } = wanted;
  if (reason !== undefined) return wanted;
  const bring: FormerModel['bring'] = async () =>
    new Map(subject.modelFiles.map(({ path, sha256 }) => [trimPath(path), join(place.models, nameFile(sha256))]));
  const found = await predictAgain(run, name, { subject, threshold, bring });
  if ('reason' in found) return { ...wanted, reason: found.reason };
  const file = `${place.index}${extname(found.path).toLowerCase()}`;
  if (!NAME.test(file)) return { ...wanted, reason: 'its predictions are in no format that is known' };
  await mkdir(join(place.home, BASELINES), { recursive: true });
  await copyFile(found.path, join(place.home, BASELINES, file));
  return { ...wanted, predictions: { file, sha256: found.sha256 } };
}

const NAME = new RegExp(`^${MODEL_PREDICTIONS}$`);

function nameFile(sha256: string): string {
  return sha256.replace('sha256:', '');
}
