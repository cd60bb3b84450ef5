import type { CheckRecord } from '../../support/github/records/checks.ts';
import type { CommentRecord } from '../../support/github/records/comments.ts';
import type { RequestRecord } from '../../support/github/server.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import type { Progress } from '../../support/workflows/run/run.ts';
import type { Scene } from './scene.ts';

/** The jobs that ran, by name, and how each ended; a job that was skipped is no part of it. */
export function listJobs({ jobs }: RunResult): Record<string, string> {
  const ran = Object.values(jobs).filter(({ result }) => result !== 'skipped');
  return Object.fromEntries(ran.map(({ name, result }) => [name, result]));
}

/** The one comment on a pull request. Throws where there is not exactly one. */
export function findComment({ repository }: Scene, number: number): CommentRecord {
  const comments = repository.inspect.comments(number);
  const [comment] = comments;
  if (comment === undefined || comments.length > 1) throw new Error(`there are ${comments.length} comments`);
  return comment;
}

/** What can be seen of a comment without a click. */
export function cutFirstScreen({ body }: CommentRecord): string {
  return body.split('<details>')[0] ?? '';
}

/** The checks of ours on a commit, not those of jobs, oldest first: `modelgate: completed success`. */
export function listChecks({ repository }: Scene, sha: string): string[] {
  return findChecks(repository.inspect.checkRuns(sha)).map(({ name, status, conclusion }) =>
    [name, status, conclusion].filter(Boolean).join(' '),
  );
}

/** The check of ours that GitHub goes by: the newest of its name. Throws where there is none. */
export function findCheck({ repository }: Scene, sha: string, name = 'modelgate'): CheckRecord {
  const check = findChecks(repository.inspect.checkRuns(sha)).findLast((one) => one.name === name);
  if (check === undefined) throw new Error(`${sha} has no check ${name}`);
  return check;
}

const findChecks = (all: readonly CheckRecord[]) => all.filter(({ name }) => /^modelgate(?::|$)/.test(name));

/** Every state that a check of ours was ever given on a commit, in the order of the requests. */
export function listCheckStates({ github, repository }: Scene, sha: string): string[] {
  const known = findChecks(repository.inspect.checkRuns(sha));
  return github.requests.flatMap(({ operation, path, body }) => {
    if (operation !== 'checks/create' && operation !== 'checks/update') return [];
    const sent = body as { name?: string; head_sha?: string; status: string; conclusion?: string };
    const check = known.find(({ id }) => path.endsWith(`/check-runs/${id}`));
    const name = check?.name ?? (sent.head_sha === sha ? sent.name : undefined);
    return name === undefined ? [] : [[name, sent.status, sent.conclusion].filter(Boolean).join(' ')];
  });
}

/** Whether a token with these permissions could write anything. */
export function canWrite(permissions: Readonly<Record<string, string | undefined>> = {}): boolean {
  return Object.values(permissions).includes('write');
}

/** Operations in their order; of the same ones in a row only the first. */
export function nameOperations(requests: readonly RequestRecord[]): string[] {
  return requests.map(({ operation }) => operation).filter((one, index, all) => one !== all[index - 1]);
}

/** Remembers how many requests there had been when each job began, by the name of the job. */
export function markJobs({ github }: Scene) {
  const marks = new Map<string, number>();
  const onProgress = ({ job }: Progress) => {
    if (!marks.has(job)) marks.set(job, github.requests.length);
  };
  /** The requests from the beginning of a job to that of another one, or to the end. */
  const between = (from: string, to?: string) => {
    const start = marks.get(from);
    const end = to === undefined ? github.requests.length : marks.get(to);
    if (start === undefined || end === undefined) throw new Error(`${from} or ${to} did not run`);
    return github.requests.slice(start, end);
  };
  return { onProgress, between };
}
