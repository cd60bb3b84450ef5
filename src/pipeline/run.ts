import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isInside } from '../config/paths.ts';
import { findConfigFile, type Project, readProject } from '../config/project.ts';
import type { LibraryOptions } from '../engine/library.ts';
import { UserMistake } from '../errors.ts';
import { computeSha256 } from '../evidence/digest.ts';
import type { Provenance } from '../evidence/envelope.ts';
import type { BaselineLookup } from '../gate/baseline.ts';
import { type GitState, readGitState } from '../github/git.ts';
import type { Progress } from '../progress.ts';
import { type Baselines, findStrayBaselines } from './baseline-names.ts';
import type { FormerModel, PredictedAgain } from './baseline-run/former-model.ts';
import type { BudgetReader } from './budget/store.ts';
import type { BaselineRegistry } from './registry-opening.ts';

/** What a caller decides about a run. */
export interface RunOptions {
  /** Path of modelgate.yml, or of its folder. */
  readonly config: string;
  /** Where evidence and reports go; beside modelgate.yml when absent. */
  readonly runFolder?: string | undefined;
  readonly baselines?: Baselines;
  /** Where verdicts are counted; without it the run is outside of the test set's budget. */
  readonly openBudget?: (() => Promise<BudgetReader>) | undefined;
  /** A folder with DuckDB's library. */
  readonly duckdb?: string | undefined;
  /** Bytes that the engine may hold while it checks data; half of the machine's without it. */
  readonly memory?: number | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** One run: everything that the stages need, found out once. */
export interface Run {
  readonly project: Project;
  readonly git: GitState;
  readonly provenance: Provenance;
  readonly runFolder: string;
  readonly baselines: Baselines;
  readonly library: LibraryOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly temporary: string;
  /** Bytes that the engine may hold while it checks data. */
  readonly memory?: number;
  /** The names of the repository's tags, where the credentials of git may not do. */
  readonly listTags?: () => Promise<readonly string[]>;
  /** Opens the registry that stages and versions are looked up in; undefined where none is known. */
  readonly openRegistry?: () => Promise<BaselineRegistry | undefined>;
  /** Opens what counts verdicts; undefined where the run is outside of the test set's budget. */
  readonly openBudget?: (() => Promise<BudgetReader>) | undefined;
  /** Finds the baseline `base`, where a run can: in a workflow that keeps the evidence of the default branch. */
  readonly findBase?: (run: Run) => Promise<BaselineLookup>;
  /**
   * Has the model of a baseline predict today's test set: runs it, where this run runs commands of modelgate.yml anyway, or
   * finds what another run let it predict.
   */
  readonly predictAgain?: (
    run: Run,
    name: string,
    model: FormerModel,
  ) => Promise<PredictedAgain | { readonly reason: string }>;
}

/** A link that the repository carries must not lead what we write elsewhere; a folder that the caller names may. */
async function requireOwnRunFolder({ root }: Project, runFolder: string): Promise<void> {
  const real = await realpath(runFolder).catch(() => runFolder);
  if (isInside(root, real)) return;
  const fix = 'Remove the link, or name the folder with --run-folder (the input run-folder).';
  throw new UserMistake({ file: runFolder, found: 'a symbolic link leads out of the repository', fix });
}

/** Reads a modelgate.yml and the state of the repository that it lies in. */
export async function openProject(config: string): Promise<{ project: Project; git: GitState }> {
  const git = await readGitState(dirname(await findConfigFile(config)));
  return { git, project: await readProject(config, git.root) };
}

/** Opens a run, hands it to `work`, and removes its temporary folder whatever happens. */
export async function withRun<T>(options: RunOptions, work: (run: Run) => Promise<T>): Promise<T> {
  const { project, git } = await openProject(options.config);
  const baselines = options.baselines ?? new Map();
  const strays = findStrayBaselines(project, baselines);
  if (strays.length > 0) throw new UserMistake(strays);
  const runFolder = resolve(options.runFolder ?? join(project.folder, '.modelgate'));
  if (options.runFolder === undefined) await requireOwnRunFolder(project, runFolder);
  const temporary = await mkdtemp(join(options.environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-'));
  try {
    return await work({
      project,
      git,
      provenance: {
        model: project.config.model,
        commit: git.commit,
        dirty: git.dirty,
        config: computeSha256(project.text),
        now: options.now,
      },
      runFolder,
      baselines,
      library: {
        environment: options.environment,
        progress: options.progress,
        ...(options.duckdb ? { override: options.duckdb } : {}),
      },
      environment: options.environment,
      progress: options.progress,
      signal: options.signal,
      temporary,
      ...(options.memory === undefined ? {} : { memory: options.memory }),
      openBudget: options.openBudget,
      // Loaded when a rule asks for a version: the client of GitHub is large.
      openRegistry: async () =>
        (await import('./registry-opening.ts')).openRunRegistry({ ...options, folder: project.folder }),
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
