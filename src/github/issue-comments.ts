import type { Client } from './client.ts';
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
  return await ask({ doing: `read the comments of issue ${number}`, needs: 'issues: read' }, async () => {
    const place = { ...nameParameters(repository), issue_number: number, per_page: 100 };
    const all: Answer[] = await client.paginate(client.rest.issues.listComments, place);
    return all.flatMap(readAnswer).toSorted((a, b) => a.id - b.id);
  });
}

/** Says something once on an issue. The marker is the first line; of ours with that line the lowest id stays. */
export async function ensureIssueComment(
  client: Client,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly marker: string; readonly body: string; readonly author: string },
): Promise<void> {
  const { number, marker, author } = wanted;
  const place = nameParameters(repository);
  const look = async () => {
    const all = await listIssueComments(client, repository, number);
    return all.filter(({ login, body }) => login === author && body.split(/\r?\n/, 1)[0] === marker);
  };
  await ask({ doing: `comment on issue ${number}`, needs: 'issues: write' }, async () => {
    const { wrote } = await writeOnce<IssueComment | undefined>(client, {
      find: async () => (await look())[0],
      agrees: () => true,
      write: async () => {
        const { data } = await client.rest.issues.createComment({
          ...place,
          issue_number: number,
          body: `${marker}\n${wanted.body}`,
        });
        return readAnswer(data)[0];
      },
    });
    if (!wrote) return;
    for (const { id } of (await look()).slice(1)) await client.rest.issues.deleteComment({ ...place, comment_id: id });
  });
}

interface Answer {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly created_at: string;
  readonly updated_at: string;
}

function readAnswer({ id, html_url, body = '', user, created_at, updated_at }: Answer): IssueComment[] {
  if (user === null) return [];
  const bot = user.type !== 'User' || user.login.endsWith('[bot]');
  return [{ id, url: html_url, login: user.login, bot, body, edited: updated_at !== created_at }];
}
