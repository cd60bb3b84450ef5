import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProject } from '../../../src/config/project.ts';
import { readEvidence } from '../../../src/evidence/files.ts';
import { executeStages } from '../../../src/pipeline/execute.ts';
import { withRun } from '../../../src/pipeline/run.ts';
import { SILENT } from '../../../src/progress.ts';
import { type Assembled, type AssemblyInput, assemblePackage } from '../../../src/registry/package/assembly.ts';
import { copyPenguins, type Penguins } from '../../support/penguins.ts';

const LIBRARY = { environment: process.env, progress: SILENT };

/** The penguins, trained and judged for real, and packages of them. */
export interface JudgedPenguins extends Penguins {
  /** Runs every stage. */
  judge(now?: string, environment?: NodeJS.ProcessEnv): Promise<void>;
  assemble(changes?: Partial<AssemblyInput>): Promise<Assembled>;
}

export async function openPenguins(): Promise<JudgedPenguins> {
  const penguins = await copyPenguins();
  const made: string[] = [];
  const makeFolder = async () => {
    made.push(await realpath(await mkdtemp(join(tmpdir(), 'modelgate-package-'))));
    return made.at(-1) ?? '';
  };
  return {
    ...penguins,
    async judge(now = '2026-11-22T09:00:00Z', environment = process.env) {
      const setting = { environment, progress: SILENT, signal: new AbortController().signal };
      await withRun({ ...setting, config: penguins.folder, now: () => new Date(now) }, (run) =>
        executeStages(run, ['data', 'train', 'predict', 'score', 'gate']),
      );
    },
    async assemble(changes = {}) {
      const runFolder = join(penguins.folder, '.modelgate');
      return assemblePackage({
        project: await readProject(penguins.folder, penguins.folder),
        evidence: await readEvidence(runFolder),
        runFolder,
        temporary: await makeFolder(),
        library: LIBRARY,
        ...changes,
      });
    },
    async remove() {
      await Promise.all([penguins.remove(), ...made.map((folder) => rm(folder, { recursive: true, force: true }))]);
    },
  };
}
