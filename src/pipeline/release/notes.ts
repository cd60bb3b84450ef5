import { UserMistake } from '../../errors.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';
import type { Client } from '../../github/client.ts';
import { listPullsOfCommits, type MergedPull } from '../../github/commit-pulls.ts';
import { git } from '../../github/git.ts';
import type { Repository } from '../../github/repository.ts';
import type { PlannedVersion, PublishOptions } from '../../registry/publish/options.ts';
import type { NotedCommit } from '../../report/release/facts.ts';
import { renderReleaseNotes } from '../../report/release-notes.ts';

/** What the notes of a release are made from. */
export interface NotesSource extends Pick<PublishOptions, 'package' | 'training'> {
  readonly client: Client;
  readonly repository: Repository;
  /** The address of the repository's page. */
  readonly repositoryUrl: string;
  /** A checkout with its history. */
  readonly checkout: string;
  readonly verdict: VerdictEvidence;
  /** What the release leaves out: sentences. */
  readonly remarks: readonly string[];
}

/** More commits than anybody reads. */
const MOST_COMMITS = 200;
/** Each is a request. */
const MOST_QUESTIONS = 50;

/** Gathers what changed since the version before, and renders the notes. */
export async function writeReleaseNotes(source: NotesSource, planned: PlannedVersion): Promise<string> {
  const { package: made, training, verdict, repositoryUrl, remarks } = source;
  const { model, commit, modelDigest, facts } = made;
  const { version, tag, reason, previous, previousInputs } = planned;
  const commits = previous && (await listCommits(source.checkout, previous.commit, commit));
  return renderReleaseNotes({
    ...{ model, version, tag, commit, modelDigest, reason, repositoryUrl, verdict, remarks, commits },
    metrics: facts.metrics,
    data: facts.data,
    inputs: training?.inputs ?? [],
    previous: previous && { ...previous, inputs: previousInputs },
    pullRequests: commits && (await listPulls(source, commits)),
  });
}

/** The commits after one up to another, newest first; undefined where the history does not hold the first. */
async function listCommits(folder: string, from: string, to: string): Promise<NotedCommit[] | undefined> {
  const asked = ['log', `--max-count=${MOST_COMMITS}`, '--format=%H%x1f%an%x1f%s', `${from}..${to}`, '--'];
  const text = await git(folder, asked).catch(() => undefined);
  return text
    ?.split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [sha = '', author = '', subject = ''] = line.split('\x1f');
      return { sha, author, subject };
    });
}

/** Notes are no reason to hold a release up: what GitHub does not tell is left out. */
async function listPulls({ client, repository }: NotesSource, commits: readonly NotedCommit[]) {
  const asked = commits.slice(0, MOST_QUESTIONS).map(({ sha }) => sha);
  return await listPullsOfCommits(client, repository, asked).catch((error: unknown): MergedPull[] | undefined => {
    if (error instanceof UserMistake) return undefined;
    throw error;
  });
}
