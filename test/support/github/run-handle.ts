import { keepChecks } from './records/checks.ts';
import { type JobRecord, keepRuns, type RunRecord } from './records/runs.ts';
import type { RepositoryState } from './repository.ts';
import type { Artifact, ArtifactStore } from './results/artifact-store.ts';
import { ACTIONS_APP } from './tokens.ts';

/** What a workflow run is made with. */
export interface NewRun {
  readonly workflowPath: string;
  /** The name of the workflow; its path without. */
  readonly name?: string;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** The fork that the head lies in. */
  readonly headRepository?: { readonly state: RepositoryState };
  readonly status?: RunRecord['status'];
  readonly conclusion?: string | null;
  readonly attempt?: number;
  readonly actor?: string;
  /** Who started this attempt; the actor without. */
  readonly triggeringActor?: string;
}

/** A workflow run in the hands of a test. */
export interface Run {
  readonly id: number;
  readonly number: number;
  readonly attempt: number;
  readonly record: RunRecord;
  update(change: { status: RunRecord['status']; conclusion?: string | null }): void;
  /** The next attempt of the run: the same id. */
  rerun(triggeringActor?: string): Run;
  /** A job with its check run, whose app is GitHub Actions. */
  addJob(job: { name: string; status?: JobRecord['status']; conclusion?: string | null }): JobRecord & {
    update(change: { status: JobRecord['status']; conclusion?: string | null }): void;
  };
  /** An artifact as if a job of this attempt had uploaded the zip. */
  addArtifact(name: string, zip: Buffer): Artifact;
}

/** Makes a run and its handle. */
export function createRunHandle(
  repository: RepositoryState,
  artifacts: ArtifactStore,
  run: NewRun,
  headRepository: RepositoryState,
): Run {
  const { world } = repository;
  const runs = repository.part(keepRuns);
  const { workflowPath, name = workflowPath, event, headSha, headBranch, conclusion = null, attempt = 1 } = run;
  const id = world.nextId();
  const record: RunRecord = {
    id,
    number: runs.all.filter((other) => other.workflowPath === workflowPath).length + 1,
    workflowId: runs.findWorkflow(workflowPath),
    workflowPath,
    name,
    event,
    headSha,
    headBranch,
    headRepository,
    actor: world.accounts.ensure(run.actor ?? headRepository.owner).login,
    triggeringActor: world.accounts.ensure(run.triggeringActor ?? run.actor ?? headRepository.owner).login,
    attempt,
    suite: repository.part(keepChecks).findSuite(ACTIONS_APP, headSha, id),
    created: world.now(),
    updated: world.now(),
    status: run.status ?? (conclusion === null ? 'queued' : 'completed'),
    conclusion,
    jobs: [],
  };
  runs.all.push(record);
  return wrap(repository, artifacts, record);
}

function wrap(repository: RepositoryState, artifacts: ArtifactStore, record: RunRecord): Run {
  const { world } = repository;
  return {
    id: record.id,
    number: record.number,
    attempt: record.attempt,
    record,
    update({ status, conclusion = null }) {
      Object.assign(record, { status, conclusion, updated: world.now() });
    },
    rerun(triggeringActor = record.actor) {
      Object.assign(record, {
        triggeringActor,
        attempt: record.attempt + 1,
        status: 'queued',
        conclusion: null,
        updated: world.now(),
      });
      return wrap(repository, artifacts, record);
    },
    addJob: (job) => addJob(repository, record, job),
    addArtifact: (name, zip) => artifacts.add(record.id, name, zip, { attempt: record.attempt }),
  };
}

function addJob(
  repository: RepositoryState,
  run: RunRecord,
  { name, status = 'queued', conclusion = null }: Parameters<Run['addJob']>[0],
): ReturnType<Run['addJob']> {
  const { world } = repository;
  const check = repository
    .part(keepChecks)
    .add({ app: ACTIONS_APP, headSha: run.headSha, name, status, conclusion, run: run.id });
  const job: JobRecord = {
    id: check.id,
    name,
    attempt: run.attempt,
    status,
    conclusion,
    started: world.now(),
    completed: status === 'completed' ? world.now() : null,
  };
  run.jobs.push(job);
  return Object.assign(job, {
    update(change: { status: JobRecord['status']; conclusion?: string | null }) {
      const completed = change.status === 'completed' ? world.now() : null;
      const next = { status: change.status, conclusion: change.conclusion ?? null, completed };
      Object.assign(job, next);
      Object.assign(check, next);
    },
  });
}
