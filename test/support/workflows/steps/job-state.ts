import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contexts, Scope, Status } from '../expressions/evaluate.ts';
import type { Plain } from '../expressions/values.ts';
import type { Cancellation } from '../run/cancellation.ts';
import type { Annotation, StepResult } from '../run/result.ts';
import type { Instance } from '../run/run.ts';
import type { JobHandle } from '../run/services.ts';
import type { Defaults } from '../syntax/model.ts';
import { computeFilesDigest } from './hash-files.ts';
import { Masks } from './masks.ts';

/** Something to run when the steps are done; the last one first. */
export type PostStep = () => Promise<StepResult>;

/** One use of an action in a job. */
export interface ActionUse {
  /** What its stages wrote to `GITHUB_STATE`. */
  readonly state: Record<string, string>;
  /** Its post stage is on the job's list. */
  hasPost: boolean;
}

/** What the steps of one job share and change. */
export interface JobState {
  readonly instance: Instance;
  readonly fullName: string;
  readonly handle: JobHandle;
  readonly folders: JobFolders;
  /** `github`, `needs`, `strategy`, `matrix`, `inputs`, `vars`, `secrets`, `runner`, and `job` but for its status. */
  readonly contexts: Contexts;
  readonly defaults: Defaults;
  /** Of the workflow and the job, and what steps added through `GITHUB_ENV`. */
  readonly env: Map<string, string>;
  /** What steps added through `GITHUB_PATH`, newest first. */
  readonly paths: string[];
  readonly masks: Masks;
  readonly posts: PostStep[];
  readonly annotations: Annotation[];
  /** Groups of processes that steps started. */
  readonly processes: number[];
  readonly cancellation: Cancellation;
  failed: boolean;
  summary: string;
  /** What the stages of each use of an action keep for each other, by the path of the step. */
  readonly uses: Map<string, ActionUse>;
}

/** Folders of one job; no other job sees them. */
export interface JobFolders {
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  readonly commands: string;
  readonly eventPath: string;
}

/** Makes a job's folders, with the event in a file. */
export function createJobFolders(root: string, repository: string, event: object): JobFolders {
  const name = repository.split('/').at(-1) ?? 'repository';
  const folders = {
    workspace: join(root, 'work', name, name),
    temp: join(root, 'work', '_temp'),
    home: join(root, 'home'),
    commands: join(root, 'work', '_temp', '_runner_file_commands'),
    eventPath: join(root, 'work', '_temp', '_github_workflow', 'event.json'),
  };
  for (const folder of [folders.workspace, folders.commands, folders.home, join(folders.eventPath, '..')]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(folders.eventPath, JSON.stringify(event));
  return folders;
}

/** `success()` and its kind for a step of the job itself. */
export function computeStatus(job: JobState): Status {
  const cancelled = job.cancellation.requested;
  return { cancelled, success: !job.failed && !cancelled, failure: job.failed && !cancelled };
}

/** What an expression of the job sees, with the contexts of the moment over the job's own. */
export function createJobScope(job: JobState, contexts: Contexts, status: Status = computeStatus(job)): Scope {
  const now = status.cancelled ? 'cancelled' : job.failed ? 'failure' : 'success';
  const own = job.contexts['job'] as Readonly<Record<string, Plain>>;
  return {
    contexts: { ...job.contexts, job: { ...own, status: now }, ...contexts },
    status,
    hashFiles: (patterns) => computeFilesDigest(job.folders.workspace, patterns),
  };
}

/** Creates the masks of a job: its token and all its secrets. */
export function createMasks(values: Iterable<string>): Masks {
  const masks = new Masks();
  for (const value of values) masks.add(value);
  return masks;
}
