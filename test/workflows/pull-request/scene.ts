import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';
import { ROOT } from '../../support/program.ts';
import {
  createMergeGroupRun,
  createPullRequestRun,
  createPushRun,
  createReviewRun,
  createWorkflowRunRun,
} from '../../support/workflows/events.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import type { RunEvent } from '../../support/workflows/run/run.ts';
import { Scheduler } from '../../support/workflows/run/scheduler.ts';
import type { RunOptions } from '../../support/workflows/run-options.ts';
import { runWorkflow } from '../../support/workflows/run-workflow.ts';
import { listProjectFiles } from './project-files.ts';

/** The folders below `workflows/` whose callers a repository has copied. */
export type Shape = 'one-file' | 'forks' | 'self-hosted';
const CALLERS: Record<Shape, readonly string[]> = {
  'one-file': ['one-file/model.yml'],
  forks: ['forks/model.yml', 'forks/model-report.yml'],
  'self-hosted': ['self-hosted/model.yml', 'forks/model-report.yml'],
};

export interface SceneOptions {
  readonly shape: Shape;
  /** Files of the first commit beside the project's and the callers; null leaves one out. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly private?: boolean;
  /** Changes a caller before it is committed. */
  readonly adapt?: (caller: string) => string;
}

/** The untrusted run of an event and, where there are two files, the runs that report it. */
export interface Outcome {
  readonly event: RunEvent;
  readonly run: RunResult;
  readonly opened: RunResult | undefined;
  readonly reported: RunResult | undefined;
}

type More = Partial<RunOptions>;

/** A repository with the callers of a shape, on a local GitHub, and what happens in it. */
export class Scene implements AsyncDisposable {
  readonly scheduler = new Scheduler();
  readonly github: GitHub;
  readonly repository: Repository;
  readonly shape: Shape;

  private constructor(github: GitHub, repository: Repository, shape: Shape) {
    this.github = github;
    this.repository = repository;
    this.shape = shape;
  }

  static async open({ shape, files = {}, adapt = (caller) => caller, ...more }: SceneOptions): Promise<Scene> {
    const github = await startGitHub();
    const callers = await Promise.all(
      CALLERS[shape].map(async (path) => {
        const text = await readFile(join(ROOT, 'workflows', path), 'utf8');
        return [`.github/workflows/${path.split('/').at(-1)}`, adapt(text)] as const;
      }),
    );
    const all = { ...(await listProjectFiles()), ...Object.fromEntries(callers), ...files };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const repository = await github.createRepository({
      ...{ owner: 'octo', name: 'zoo', ...more },
      files: Object.fromEntries(kept),
    });
    return new Scene(github, repository, shape);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
  }

  /** Runs what a pull request starts. */
  async pullRequest(number: number, action: 'opened' | 'synchronize' | 'ready_for_review' = 'opened', more: More = {}) {
    return this.run(await createPullRequestRun(this.github, this.repository, number, action), more);
  }

  /** Approves a pull request, and runs what that starts. */
  async review(number: number, login: string, more: More = {}) {
    const review = this.repository.addReview(number, { login, state: 'APPROVED' });
    return this.run(await createReviewRun(this.github, this.repository, review), more);
  }

  /** Runs what a push to the default branch starts, of its newest commit. */
  async push(more: More = {}) {
    return this.run(await createPushRun(this.github, this.repository), more);
  }

  /** Runs what the merge queue starts for a pull request: of a branch of its own, merged with the tip of the base. */
  async mergeGroup(number: number, more: More = {}) {
    const { merge: headSha } = this.repository.pullRequest(number);
    const baseSha = await this.repository.resolve('main');
    if (headSha === undefined || baseSha === undefined) throw new Error(`pull request ${number} cannot be merged`);
    const headRef = `refs/heads/gh-readonly-queue/main/pr-${number}-${baseSha}`;
    await this.repository.setRef(headRef, headSha);
    return this.run(await createMergeGroupRun(this.github, this.repository, { headSha, baseSha, headRef }), more);
  }

  /** Runs the next attempt of a run, on the event as it was then. */
  async rerun({ event, run }: Outcome, only?: 'failed') {
    return this.run(event, { rerun: { of: run, ...(only && { only }) } });
  }

  async run(event: RunEvent, more: More): Promise<Outcome> {
    let opened: Promise<RunResult> | undefined;
    const report = this.shape !== 'one-file' && event.name !== 'push';
    const run = await runWorkflow({
      ...this.#common(),
      workflow: '.github/workflows/model.yml',
      event,
      ...more,
      onProgress: (progress) => {
        more.onProgress?.(progress);
        const started = more.rerun?.of.id ?? this.repository.inspect.runs().at(-1)?.id;
        if (report && started) opened ??= this.#report(started, 'requested');
      },
    });
    return { event, run, opened: await opened, reported: report ? await this.#report(run.id, 'completed') : undefined };
  }

  /** Runs the second file, from the default branch. */
  async #report(runId: number, action: 'requested' | 'completed'): Promise<RunResult> {
    const event = await createWorkflowRunRun(this.github, this.repository, runId, action);
    return runWorkflow({ ...this.#common(), workflow: '.github/workflows/model-report.yml', event });
  }

  #common() {
    const { github, repository, scheduler } = this;
    return { github, repository, scheduler, library: { 'modelgate/modelgate': ROOT } };
  }
}
