import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isInside, resolveExisting } from '../config/paths.ts';

import { detectFormat } from '../engine/tables.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { BaselinePredictions } from '../gate/baseline.ts';
import type { Run } from './run.ts';

/** The folder of a run folder that holds what was scored. The folder of a judged model has it beside `evidence`. */
const KEPT = 'scored';
const ENDINGS = ['csv', 'parquet', 'jsonl', 'ndjson'] as const;
const NAMES = ENDINGS.map((ending) => `predictions.${ending}`);
/** Where the predictions of a run may lie in its folder: at most one is there. */
export const KEPT_PATHS: readonly string[] = [...NAMES.map((name) => join(KEPT, name)), ...NAMES];

/**
 * Keeps a copy of what was scored in the run folder, so that a later run can be compared with this one row by row; not of
 * predictions that hold the labels as well. Where it cannot be kept, a comparison with this run says so.
 */
export async function keepPredictions({ project, runFolder }: Run, evaluation: EvaluationEvidence): Promise<void> {
  const { predictions, selfReported } = evaluation;
  const folder = join(runFolder, KEPT);
  const real = await resolveExisting(project, predictions?.path ?? '').catch(() => undefined);
  if (real !== undefined && isInside(folder, real)) return;
  await Promise.all(NAMES.map((name) => rm(join(folder, name), { force: true })));
  const ending = ENDINGS.find((one) => predictions?.path.toLowerCase().endsWith(`.${one}`));
  if (!predictions || selfReported || ending === undefined || real === undefined) return;
  const partial = join(folder, `${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await copyShared(real, partial);
    if ((await hashFile(partial)).sha256 === predictions.sha256) {
      await rename(partial, join(folder, `predictions.${ending}`));
    }
  } catch (error) {
    // The run is sound without them: a full disk must not turn a verdict into a failure.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * The predictions of an earlier run: in its folder, or still where its evidence says. Those are copied aside, since the
 * candidate will write its own there. Else why they are not at hand.
 */
export async function findKeptPredictions(
  { project, temporary }: Run,
  folder: string,
  { predictions, operatingPoint }: EvaluationEvidence,
): Promise<BaselinePredictions | { readonly reason: string }> {
  if (!predictions) return { reason: 'its evaluation names no predictions' };
  const { sha256 } = predictions;
  const describe = (path: string) => ({
    path,
    sha256,
    ...(operatingPoint ? { threshold: operatingPoint.threshold } : {}),
  });
  const holds = async (path: string) => (await hashFile(path).catch(() => undefined))?.sha256 === sha256;
  for (const path of KEPT_PATHS.map((name) => join(folder, name))) if (await holds(path)) return describe(path);
  const original = await resolveExisting(project, predictions.path).catch(() => undefined);
  if (original !== undefined && detectFormat(original) && (await holds(original))) {
    const copy = join(await mkdtemp(join(temporary, 'baseline-')), basename(original));
    await copyShared(original, copy);
    return describe(copy);
  }
  return { reason: 'its predictions are not in its folder' };
}

/** A file system that can, shares the blocks of both. */
function copyShared(from: string, to: string): Promise<void> {
  return copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
}
