import type { RepositoryState } from '../repository.ts';

/** A job of a workflow run; its id is that of its check run too, as on GitHub. */
export interface JobRecord {
  readonly id: number;
  readonly name: string;
  readonly attempt: number;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  readonly started: Date;
  completed: Date | null;
}

/** A workflow run. */
export interface RunRecord {
  readonly id: number;
  readonly number: number;
  readonly workflowId: number;
  readonly workflowPath: string;
  readonly name: string;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly headRepository: RepositoryState;
  readonly actor: string;
  readonly triggeringActor: string;
  readonly attempt: number;
  readonly suite: number;
  readonly created: Date;
  updated: Date;
  status: 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
  conclusion: string | null;
  readonly jobs: JobRecord[];
}

/** The workflow runs of a repository; for `RepositoryState.part`. */
export function keepRuns(repository: RepositoryState): RunRecords {
  return new RunRecords(repository);
}

/** The workflow runs of a repository, oldest first, and the ids of their workflows. */
export class RunRecords {
  readonly all: RunRecord[] = [];
  readonly #workflows = new Map<string, number>();
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  find(id: number): RunRecord | undefined {
    return this.all.find((run) => run.id === id);
  }

  /** Workflows that have run, by path. */
  get workflows(): ReadonlyMap<string, number> {
    return this.#workflows;
  }

  findWorkflow(path: string): number {
    const id = this.#workflows.get(path) ?? this.#repository.world.nextId();
    this.#workflows.set(path, id);
    return id;
  }
}
