import { UserMistake } from '../../errors.ts';
import { type Artifact, listArtifacts, readArtifact } from '../../github/artifacts.ts';
import type { Client } from '../../github/client.ts';
import { type Job, listJobs } from '../../github/jobs.ts';
import { isPushedCommit } from '../../github/pushed-commits.ts';
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
  /** Whether it is an earlier run, which is over, and not the one that asks. */
  readonly earlier?: true;
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
 * default branch of this very repository, of a commit that stands there: anything else may have been made by somebody who
 * may not release. A push of a tag that has the branch's name would look the same but for the commit.
 */
export async function readJudgedRun(client: Client, place: RunPlace, id: number): Promise<JudgedRun> {
  const run = await readRun(client, place.repository, id);
  const { headSha: commit, workflowPath } = run;
  const fault = findRunFault(run, place) ?? (await findCommitFault(client, place, commit));
  if (fault === undefined) return { id, commit, result: 'success', workflowPath, earlier: true };
  throw new UserMistake({
    found: `the run ${id} cannot be released: ${fault}`,
    fix: `Name a successful run of ${place.workflowPath} for a push to ${place.defaultBranch}.`,
  });
}

async function findCommitFault(client: Client, { repository, defaultBranch }: RunPlace, commit: string) {
  return (await isPushedCommit(client, repository, defaultBranch, commit))
    ? undefined
    : `its commit ${commit.slice(0, 12)} is none of the newest that were pushed to ${defaultBranch}`;
}

function findRunFault(run: WorkflowRun, { repository, workflowPath, defaultBranch }: RunPlace): string | undefined {
  if (run.repositoryId !== repository.id || run.headRepository?.id !== repository.id) {
    return 'it belongs to another repository';
  }
  if (run.workflowPath !== workflowPath) return `it is of ${run.workflowPath}`;
  if (run.event !== 'push') return `it was started by ${run.event}`;
  if (run.headBranch !== defaultBranch) return `it is of the branch ${run.headBranch}`;
  if (run.status !== 'completed') return `it is not over: ${run.status}`;
  if (run.conclusion !== 'success') return `it ended with ${run.conclusion ?? run.status}`;
  return undefined;
}

/** What a job of this very run said of the artifact of what was judged. */
export interface HandedArtifact {
  readonly id: number;
  /** `sha256:…` */
  readonly digest: string;
}

/** How the job that judges is called, whatever called model-pull-request.yml: `model / judge / judge`. */
const JUDGE = /(^| \/ )judge \/ judge$/;

/**
 * Finds the artifact of what a run judged: by id and digest where a job of the same run handed them on, else by its name
 * in a run that is over, where it must be the only one that was uploaded while the job that judges ran: the jobs that run a
 * candidate's code are over then. What a process that such a job left behind on a self-hosted runner uploads meanwhile
 * cannot be told from it. Throws UserMistake when it is not there any more.
 */
export async function findJudgedArtifact(
  client: Client,
  repository: Repository,
  run: JudgedRun,
  handed: HandedArtifact | undefined,
): Promise<{ readonly artifact: Artifact; readonly digest: string | undefined }> {
  if (handed) return { artifact: await readArtifact(client, repository, handed.id), digest: handed.digest };
  if (!run.earlier) {
    const fix =
      'Hand on the outputs `artifact-id` and `artifact-digest` of the job that called model-pull-request.yml.';
    throw new UserMistake({ found: 'no job of this run says which artifact it judged', fix });
  }
  const all = await listArtifacts(client, repository, run.id, JUDGED_ARTIFACT);
  const judges = (await listJobs(client, repository, run.id)).filter(isJudge);
  const [artifact, second] = all.filter(({ created }) => judges.some((job) => isDuring(job, created)));
  if (artifact && !second && !artifact.expired) return { artifact, digest: undefined };
  throw new UserMistake({
    found: `the run ${run.id} ${describeArtifacts(all.length, artifact, second)}`,
    fix: 'Run the workflow again on the default branch, and release that run.',
  });
}

function isJudge({ name, conclusion }: Job): boolean {
  return JUDGE.test(name) && conclusion === 'success';
}

/** GitHub tells times by the second. */
function isDuring({ started, completed = '' }: Job, moment = ''): boolean {
  return Date.parse(started) <= Date.parse(moment) && Date.parse(moment) <= Date.parse(completed);
}

function describeArtifacts(count: number, artifact: Artifact | undefined, second: Artifact | undefined): string {
  if (count === 0) return `has no artifact ${JUDGED_ARTIFACT}`;
  if (second) return `has more than one artifact ${JUDGED_ARTIFACT}`;
  if (!artifact) return `has an artifact ${JUDGED_ARTIFACT} that was not uploaded while its judge ran`;
  return `has no artifact ${JUDGED_ARTIFACT} any more: it has expired`;
}
