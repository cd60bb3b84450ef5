import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';
import { ROOT } from '../../support/program.ts';
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
  /** Changes a caller before it is committed. */
  readonly adapt?: (caller: string) => string;
}

/** The untrusted run of an event and, where there are two files, the runs that report it. */
export interface Outcome {
  readonly run: RunResult;
  readonly opened: RunResult | undefined;
  readonly reported: RunResult | undefined;
}

type More = Partial<RunOptions>;
/** An event as the local GitHub makes it. */
type Started = Omit<RunEvent, 'payload'> & { readonly payload: Readonly<Record<string, unknown>> };

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

  static async open({ shape, files = {}, adapt = (caller) => caller }: SceneOptions): Promise<Scene> {
    const github = await startGitHub();
    const callers = await Promise.all(
      CALLERS[shape].map(async (path) => {
        const text = await readFile(join(ROOT, 'workflows', path), 'utf8');
        return [`.github/workflows/${path.split('/').at(-1)}`, adapt(text)] as const;
      }),
    );
    const all = { ...(await listProjectFiles()), ...Object.fromEntries(callers), ...files };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: Object.fromEntries(kept) });
    return new Scene(github, repository, shape);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
  }

  /** Runs what a pull request starts. */
  async pullRequest(number: number, action: 'opened' | 'synchronize' | 'ready_for_review' = 'opened', more: More = {}) {
    const payload = await this.github.createEvent.pullRequest(this.repository, number, action);
    const sha = this.repository.pullRequest(number).head.sha;
    return this.run({ name: 'pull_request', payload, sha, ref: `refs/pull/${number}/merge` }, more);
  }

  async review(number: number, login: string, more: More = {}) {
    const review = this.repository.addReview(number, { login, state: 'APPROVED' });
    const payload = await this.github.createEvent.pullRequestReview(this.repository, review, 'submitted');
    const sha = this.repository.pullRequest(number).head.sha;
    return this.run({ name: 'pull_request_review', payload, sha, ref: `refs/pull/${number}/merge` }, more);
  }

  /** Runs what a push to the default branch starts, of its newest commit. */
  async push(more: More = {}) {
    const after = (await this.repository.resolve('main')) ?? '';
    const payload = await this.github.createEvent.push(this.repository, { after });
    return this.run({ name: 'push', payload, sha: after, ref: 'refs/heads/main' }, more);
  }

  async mergeGroup(number: number, more: More = {}) {
    const { head, base } = this.repository.pullRequest(number);
    const ref = `gh-readonly-queue/main/pr-${number}-${base.sha}`;
    const headSha = await this.repository.commit({ branch: ref, files: {}, from: 'main', merge: head.sha });
    const group = { headSha, baseSha: base.sha, headRef: `refs/heads/${ref}` };
    const payload = await this.github.createEvent.mergeGroup(this.repository, group);
    return this.run({ name: 'merge_group', payload, sha: headSha, ref: `refs/heads/${ref}` }, more);
  }

  async run({ payload, ...rest }: Started, more: More): Promise<Outcome> {
    const event: RunEvent = { ...rest, payload: payload as RunEvent['payload'] };
    let opened: Promise<RunResult> | undefined;
    const report = this.shape !== 'one-file' && event.name !== 'push';
    const run = await runWorkflow({
      ...this.#common(),
      workflow: '.github/workflows/model.yml',
      event,
      onProgress: () => {
        const started = this.repository.inspect.runs().at(-1);
        if (report && started) opened ??= this.#report(started.id, 'requested');
      },
      ...more,
    });
    return { run, opened: await opened, reported: report ? await this.#report(run.id, 'completed') : undefined };
  }

  /** Runs the second file, from the default branch. */
  async #report(runId: number, action: 'requested' | 'completed'): Promise<RunResult> {
    const payload = await this.github.createEvent.workflowRun(this.repository, runId, action);
    const sha = (await this.repository.resolve('main')) ?? '';
    const event = { name: 'workflow_run', payload: payload as RunEvent['payload'], sha, ref: 'refs/heads/main' };
    return runWorkflow({ ...this.#common(), workflow: '.github/workflows/model-report.yml', event });
  }

  #common() {
    const { github, repository, scheduler } = this;
    return { github, repository, scheduler, library: { 'modelgate/modelgate': ROOT } };
  }
}
