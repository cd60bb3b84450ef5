import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listRunReported } from '../../config/reported-origin.ts';
import { predict } from '../../evaluation/predict.ts';
import type { PredictionEvidence, TrainingEvidence } from '../../evidence/schema/training.ts';
import { followParents } from '../../training/files.ts';
import type { Run } from '../run.ts';
import type { CommitFiles, TreeEntry } from './commit-files.ts';

/** The base's version of the labels, and where the head keeps its own: from the root of the repository. */
export interface BaseLabels {
  readonly files: CommitFiles;
  readonly entry: TreeEntry;
  readonly path: string;
}

/**
 * Predicts a second time, with the base's version of the labels in the place of the head's. `take` is handed the evidence
 * while the predictions are there; afterwards labels and predictions are again what they were, whatever happens.
 */
export async function predictBaseTestSet(
  run: Run,
  training: TrainingEvidence | undefined,
  { files, entry, path }: BaseLabels,
  take: (prediction: PredictionEvidence) => Promise<void>,
): Promise<void> {
  const { project } = run;
  const labels = await followParents(join(project.root, path));
  const { evaluate } = project.config;
  const written = [
    evaluate?.predictions?.path,
    evaluate?.['operating-point']?.predictions,
    ...listRunReported(project.config).map((file) => file.path),
  ];
  const predictions = await Promise.all(
    written.flatMap((output) => (output === undefined ? [] : [followParents(join(project.folder, output))])),
  );
  const kept = await keep(run.temporary, [labels, ...predictions]);
  try {
    await rm(labels, { recursive: true, force: true });
    await mkdir(dirname(labels), { recursive: true });
    await files.write(entry, labels);
    run.progress.info("Predicting again, on the base's version of the test set:");
    await take(await predict({ ...run, parents: training ? { training } : {} }));
  } finally {
    await kept.restore();
  }
}

/** Copies files aside; `restore` puts them back, and removes those that were not there. */
async function keep(temporary: string, paths: readonly string[]): Promise<{ restore(): Promise<void> }> {
  const folder = join(temporary, 'kept');
  await mkdir(folder, { recursive: true });
  const copies: { path: string; copy: string; isThere: boolean }[] = [];
  for (const [index, path] of paths.entries()) {
    const copy = join(folder, String(index));
    const isThere = await copyFile(path, copy).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
        throw error;
      },
    );
    copies.push({ path, copy, isThere });
  }
  return {
    async restore() {
      for (const { path, copy, isThere } of copies) {
        await rm(path, { recursive: true, force: true });
        if (!isThere) continue;
        await mkdir(dirname(path), { recursive: true });
        await rename(copy, path).catch(() => copyFile(copy, path));
      }
    },
  };
}
