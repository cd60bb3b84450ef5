import type { Config } from '../../config/schema/modelgate.ts';
import type { GitState } from '../../github/git.ts';
import type { Subject } from '../../github/subject.ts';
import type { GovernanceFiles } from '../../governance/sources.ts';
import type { Progress } from '../../progress.ts';
import type { BaselineRegistry } from '../registry-opening.ts';
import type { CommitFiles } from './commit-files.ts';
import type { EarlierRuns } from './earlier-runs.ts';

type Approvals = NonNullable<GovernanceFiles['approvals']>;

/** The folder that an artifact was unpacked into, or why it was refused before anything of it was read. */
export type CandidateFolder = { readonly folder: string } | { readonly fault: string };

/**
 * `shown`: as any other, where no job comes that counts. `kept`: judged without a word of what it comes to, for the job that
 * counts it and then tells. `left`: to that job's own judge, so that nothing is measured which nobody may ever count.
 */
export type Budgeted = 'shown' | 'kept' | 'left';

/** What is judged, by what, and where its parts are found. */
export interface JudgeInput {
  readonly files: CommitFiles;
  readonly subject: Subject;
  /** The working tree of the base; of a push, that of the head. Nothing is written into it. */
  readonly checkout: string;
  /** The unpacked artifacts `modelgate-candidate-<model>` of this very run, by model. */
  readonly candidates: ReadonlyMap<string, CandidateFolder>;
  /**
   * What models of baselines predicted in this very run, by the id and the digest that its job names. Only of a push is it
   * read: there it ran code that was merged.
   */
  readonly ownBaselines?: CandidateFolder;
  /** Without it there is no baseline `base`, and no evidence is used again. */
  readonly runs?: EarlierRuns;
  /**
   * Whether evidence of an earlier commit may stand in for a candidate that is not there. Never where nothing was allowed
   * to be trained: what the machine brings, such as its packages, is no file that could be compared here.
   */
  readonly mayReuse: boolean;
  /** What becomes of a model whose test set has a budget. */
  readonly budgeted: Budgeted;
  /**
   * The approvals of the pull request, as far as a configuration asks for them; absent where there is no pull request.
   * `file` is its modelgate.yml from the root of the repository.
   */
  readonly findApprovals?: (config: Config, file: string, bootstrap: boolean) => Promise<Approvals | undefined>;
  /** The names of the repository's tags, which tell what a stage holds. */
  readonly listTags?: () => Promise<readonly string[]>;
  /** The registry of the repository, where versions and what they scored are looked up. */
  readonly openRegistry?: () => Promise<BaselineRegistry>;
  /** A folder with DuckDB's library. */
  readonly duckdb?: string | undefined;
  /** Bytes that the check of the data may hold; half of the machine's without it. */
  readonly memory?: number | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** The same for one model, with what is found once for all. */
export interface ModelInput extends JudgeInput {
  /** Its modelgate.yml, from the root of the repository. */
  readonly file: string;
  readonly git: GitState;
  readonly ancestors: readonly string[];
  /** A folder of this model alone, for what is not kept. */
  readonly temporary: string;
  /** The folder that holds one folder a model. */
  readonly output: string;
}
