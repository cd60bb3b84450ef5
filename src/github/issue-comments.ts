import type { Client } from './client.ts';
import { listUneditedComments } from './edits.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { writeOnce } from './writing.ts';

/** A comment on an issue, with what says whether it is still what its author wrote. */
export interface IssueComment {
  readonly id: number;
  readonly url: string;
  readonly login: string;
  readonly bot: boolean;
  readonly body: string;
  /** Whether it was changed after it was written, by anybody. */
  readonly edited: boolean;
}

/** All comments on an issue, oldest first. Those of deleted accounts are left out: nobody stands behind them. */
export async function listIssueComments(
  client: Client,
  repository: RepositoryName,
  number: number,
): Promise<IssueComment[]> {
  const all = await listAnswers(client, repository, number);
  // Asked after they were read: what was edited in between has not the text that was read.
  const unedited = all.length === 0 ? new Set() : await listUneditedComments(client, repository, number);
  return all.map(({ node, ...comment }) => ({ ...comment, edited: !unedited.has(node) }));
}

/** One comment that there shall be. */
export interface WantedComment {
  readonly number: number;
  /** The first line: how it is found again. */
  readonly marker: string;
  /** What follows the marker. */
  readonly body: string;
  /** Our login. */
  readonly author: string;
}

/** Says something once on an issue; of ours with that marker the lowest id stays. */
export async function ensureIssueComment(
  client: Client,
  repository: RepositoryName,
  wanted: WantedComment,
): Promise<void> {
  const { number, marker } = wanted;
  const place = nameParameters(repository);
  const look = async () => (await listAnswers(client, repository, number)).filter((one) => isOurs(one, wanted));
  await ask({ doing: `comment on issue ${number}`, needs: 'issues: write' }, async () => {
    const { wrote } = await writeOnce<unknown>(client, {
      find: async () => (await look())[0],
      agrees: () => true,
      write: async () => {
        const body = `${marker}\n${wanted.body}`;
        return await client.rest.issues.createComment({ ...place, issue_number: number, body });
      },
    });
    if (!wrote) return;
    for (const { id } of (await look()).slice(1)) await client.rest.issues.deleteComment({ ...place, comment_id: id });
  });
}

/** Whether a comment is the one that we wrote with this marker. */
export function isOurs(
  { login, body }: Pick<IssueComment, 'login' | 'body'>,
  { author, marker }: Pick<WantedComment, 'author' | 'marker'>,
): boolean {
  return login === author && body.split(/\r?\n/, 1)[0] === marker;
}

interface ReadComment extends Omit<IssueComment, 'edited'> {
  /** Its id in GraphQL. */
  readonly node: string;
}

async function listAnswers(client: Client, repository: RepositoryName, number: number): Promise<ReadComment[]> {
  return await ask({ doing: `read the comments of issue ${number}`, needs: 'issues: read' }, async () => {
    const place = { ...nameParameters(repository), issue_number: number, per_page: 100 };
    const all: Answer[] = await client.paginate(client.rest.issues.listComments, place);
    return all.flatMap(readAnswer).toSorted((a, b) => a.id - b.id);
  });
}

interface Answer {
  readonly id: number;
  readonly node_id: string;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
}

function readAnswer({ id, node_id: node, html_url, body = '', user }: Answer): ReadComment[] {
  if (user === null) return [];
  const bot = user.type !== 'User' || user.login.endsWith('[bot]');
  return [{ id, node, url: html_url, login: user.login, bot, body }];
}
