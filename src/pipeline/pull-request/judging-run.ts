import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import posix from 'node:path/posix';
import { openLedgerReader } from '../budget/ledger-store.ts';
import type { Run } from '../run.ts';
import { findBaseBaseline } from './base-baseline.ts';
import { readCommittedConfig } from './committed-config.ts';
import type { ModelInput } from './judge-input.ts';
import type { JudgingConfig } from './judging-config.ts';
import { openKeptBaselines } from './kept-baselines.ts';

/**
 * The run that judges one model in its judging folder. Its documents speak of the head: its commit, and `headConfig`, the
 * digest of its modelgate.yml, whoever's rules decide.
 */
export async function openJudgingRun(
  input: ModelInput,
  judging: JudgingConfig,
  target: string,
  headConfig: string,
): Promise<Run> {
  const { file, files, subject, environment, progress, signal, now, runs, ancestors, duckdb, openRegistry } = input;
  const root = await realpath(target);
  const { config, locate, text } = judging;
  return {
    project: { config, locate, text, file, root, folder: join(root, posix.dirname(file)) },
    git: input.git,
    provenance: { model: config.model, commit: subject.head.sha, dirty: false, config: headConfig, now },
    runFolder: join(input.output, config.model),
    baselines: new Map(),
    library: { environment, progress, ...(duckdb ? { override: duckdb } : {}) },
    environment,
    progress,
    signal,
    temporary: input.temporary,
    ...(input.memory === undefined ? {} : { memory: input.memory }),
    ...(input.listTags ? { listTags: input.listTags } : {}),
    ...(openRegistry ? { openRegistry, openBudget: async () => openLedgerReader((await openRegistry()).ledger) } : {}),
    predictAgain: openKeptBaselines(input),
    findBase: (run) =>
      findBaseBaseline(run, {
        runs,
        ancestors,
        findReleased: async (commits) => (await import('../registry-baseline.ts')).findReleasedBase(run, commits),
        async readPredictions(commit) {
          const former = await readCommittedConfig(files, commit, file);
          return former.state === 'read' ? former.config.evaluate?.predictions : undefined;
        },
      }),
  };
}
