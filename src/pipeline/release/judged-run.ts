import { UserMistake } from '../../errors.ts';
import { type Artifact, listArtifacts, readArtifact } from '../../github/artifacts.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import { readRun, type WorkflowRun } from '../../github/runs.ts';
import { JUDGED_ARTIFACT } from '../pull-request/layout.ts';

/** The run whose verdict is released, and the commit that it judged. */
export interface JudgedRun {
  readonly id: number;
  readonly commit: string;
  /** How the run, or the job that called the pull request's workflow, ended. */
  readonly result: string;
  readonly workflowPath: string;
}

/** Where a run is looked for. */
export interface RunPlace {
  readonly repository: Repository;
  /** `.github/workflows/x.yml`: runs of other workflows count for nothing. */
  readonly workflowPath: string;
  readonly defaultBranch: string;
}

/**
 * Reads an earlier run by its id. Throws UserMistake unless it is a successful run of this workflow for a push to the
 * default branch of this very repository: anything else may have been made by somebody who may not release.
 */
export async function readJudgedRun(client: Client, place: RunPlace, id: number): Promise<JudgedRun> {
  const run = await readRun(client, place.repository, id);
  const fault = findRunFault(run, place);
  if (fault === undefined) {
    return { id, commit: run.headSha, result: 'success', workflowPath: run.workflowPath };
  }
  throw new UserMistake({
    found: `the run ${id} cannot be released: ${fault}`,
    fix: `Name a successful run of ${place.workflowPath} for a push to ${place.defaultBranch}.`,
  });
}

function findRunFault(run: WorkflowRun, { repository, workflowPath, defaultBranch }: RunPlace): string | undefined {
  if (run.repositoryId !== repository.id || run.headRepository?.id !== repository.id) {
    return 'it belongs to another repository';
  }
  if (run.workflowPath !== workflowPath) return `it is of ${run.workflowPath}`;
  if (run.event !== 'push') return `it was started by ${run.event}`;
  if (run.headBranch !== defaultBranch) return `it is of the branch ${run.headBranch}`;
  if (run.conclusion !== 'success') return `it ended with ${run.conclusion ?? run.status}`;
  return undefined;
}

/** What a job of this very run said of the artifact of what was judged. */
export interface HandedArtifact {
  readonly id: number;
  /** `sha256:…` */
  readonly digest: string;
}

/**
 * Finds the artifact of what a run judged: by id and digest where a job of the same run handed them on, else by its name
 * in a run that is over. Throws UserMistake when it is not there any more.
 */
export async function findJudgedArtifact(
  client: Client,
  repository: Repository,
  run: JudgedRun,
  handed: HandedArtifact | undefined,
): Promise<{ readonly artifact: Artifact; readonly digest: string | undefined }> {
  if (handed) return { artifact: await readArtifact(client, repository, handed.id), digest: handed.digest };
  const [artifact] = await listArtifacts(client, repository, run.id, JUDGED_ARTIFACT);
  if (artifact && !artifact.expired) return { artifact, digest: undefined };
  throw new UserMistake({
    found: `the run ${run.id} has no artifact ${JUDGED_ARTIFACT}${artifact ? ' any more: it has expired' : ''}`,
    fix: 'Run the workflow again on the default branch, and release that run.',
  });
}
