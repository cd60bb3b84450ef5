import { copyFile, mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { resolveExisting } from '../../config/paths.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { writeDocument } from '../../evidence/files.ts';
import type { PredictionEvidence } from '../../evidence/schema/training.ts';
import { executeStages } from '../execute.ts';
import type { Run } from '../run.ts';
import { type BaseLabels, predictBaseTestSet } from './base-test-set.ts';
import { type CandidatePlan, PLAN_FILE, writeCandidatePlan } from './candidate-plan.ts';
import { carryFiles } from './carried.ts';
import { findChangedLabels } from './changed-labels.ts';
import type { CommitFiles } from './commit-files.ts';
import { readCommittedConfig } from './committed-config.ts';
import { BASE_TEST_SET, PREDICTIONS } from './layout.ts';

/** What the machine that trains makes, and where. */
export interface CandidateInput {
  /** See `PlannedModel`. */
  readonly inputsDigest: string;
  /** A folder that is replaced. */
  readonly folder: string;
  /** Where the head's and the base's commits are at hand. */
  readonly files: CommitFiles;
  /** The commit that judges; absent on a push. */
  readonly base?: string | undefined;
}

/**
 * Checks the data, trains and predicts, and lays out what the judge is given: evidence and predictions, those on the base's
 * version of the test set beside them where the head has another. What failed is laid out as well: it is evidence.
 */
export async function makeCandidate(run: Run, input: CandidateInput): Promise<EvidenceSet> {
  const { folder } = input;
  const evidence = await executeStages(run, ['data', 'train', 'predict']);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const plan: CandidatePlan = {
    model: run.project.config.model,
    config: run.project.file,
    inputsDigest: input.inputsDigest,
  };
  await writeCandidatePlan(join(folder, PLAN_FILE), plan);
  if (evidence.training) await writeDocument(folder, evidence.training);
  await writePredicted(run, folder, evidence.prediction);
  if (evidence.prediction?.outcome === 'pass') await predictForBase(run, input, evidence);
  return evidence;
}

async function predictForBase(run: Run, { files, base, folder }: CandidateInput, evidence: EvidenceSet): Promise<void> {
  const labels = base === undefined ? undefined : await findBaseLabels(run, files, base);
  if (!labels) return;
  await predictBaseTestSet(run, evidence.training, labels, (prediction) =>
    writePredicted(run, join(folder, BASE_TEST_SET), prediction),
  );
}

async function findBaseLabels(run: Run, files: CommitFiles, base: string): Promise<BaseLabels | undefined> {
  const { file, config } = run.project;
  const former = await readCommittedConfig(files, base, file);
  const head = run.git.commit;
  if (former.state !== 'read' || head === null) return undefined;
  const sides = { file, base: { commit: base, config: former.config }, head: { commit: head, config } };
  const changed = await findChangedLabels(files, sides);
  return changed?.base?.kind === 'file' ? { files, entry: changed.base, path: changed.headPath } : undefined;
}

/** Predictions of a stage that did not pass are not handed on: nobody knows what is in them. */
async function writePredicted(run: Run, folder: string, prediction: PredictionEvidence | undefined): Promise<void> {
  if (prediction) await writeDocument(folder, prediction);
  const { evaluate } = run.project.config;
  if (!evaluate || (evaluate.run !== undefined && prediction?.outcome !== 'pass')) return;
  const path = evaluate.predictions?.path;
  if (path !== undefined) {
    const real = await resolveExisting(run.project, path).catch(() => undefined);
    if (real === undefined) return;
    await mkdir(folder, { recursive: true });
    await copyFile(real, join(folder, `${PREDICTIONS}${extname(path).toLowerCase()}`));
  }
  await carryFiles(run.project, folder);
}
