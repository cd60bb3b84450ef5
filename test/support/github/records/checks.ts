import type { RepositoryState } from '../repository.ts';
import type { AppIdentity } from '../tokens.ts';

/** What a check run says, with every annotation that was ever sent. */
export interface CheckOutput {
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly Record<string, unknown>[];
}

/** A check run. */
export interface CheckRecord {
  readonly id: number;
  readonly suite: number;
  readonly headSha: string;
  readonly app: AppIdentity;
  name: string;
  externalId: string;
  detailsUrl: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  started: Date | null;
  completed: Date | null;
  output: CheckOutput;
}

/** The checks of a repository; for `RepositoryState.part`. */
export function keepChecks(repository: RepositoryState): CheckRecords {
  return new CheckRecords(repository);
}

/** The check runs of a repository, oldest first, and the suites that they stand in. */
export class CheckRecords {
  readonly all: CheckRecord[] = [];
  readonly #suites = new Map<string, number>();
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  find(id: number): CheckRecord | undefined {
    return this.all.find((check) => check.id === id);
  }

  /** The suite of an app on a commit; every workflow run has a suite of its own, by `run`. */
  findSuite(app: AppIdentity, headSha: string, run?: number): number {
    const key = `${app.id} ${headSha} ${run ?? ''}`;
    const suite = this.#suites.get(key) ?? this.#repository.world.nextId();
    this.#suites.set(key, suite);
    return suite;
  }

  add(check: Pick<CheckRecord, 'headSha' | 'app' | 'name'> & Partial<CheckRecord> & { run?: number }): CheckRecord {
    const { run, ...given } = check;
    const made: CheckRecord = {
      id: this.#repository.world.nextId(),
      suite: this.findSuite(check.app, check.headSha, run),
      externalId: '',
      detailsUrl: this.#repository.htmlUrl,
      status: 'queued',
      conclusion: null,
      started: this.#repository.world.now(),
      completed: null,
      output: { title: null, summary: null, text: null, annotations: [] },
      ...given,
    };
    this.all.push(made);
    return made;
  }
}
