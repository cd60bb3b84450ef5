import { UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import type { RepositoryName } from './repository.ts';

const ISSUE =
  'query ($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { issue(number: $number) { lastEditedAt } } }';
const COMMENTS =
  'query ($owner: String!, $name: String!, $number: Int!, $after: String) { repository(owner: $owner, name: $name) { issue(number: $number) { comments(first: 100, after: $after) { nodes { id lastEditedAt } pageInfo { hasNextPage endCursor } } } } }';

/** When something was edited; null of what never was. */
interface Edited {
  readonly lastEditedAt: string | null;
}

interface Answer<T> {
  readonly repository: { readonly issue: T };
}

interface Page {
  readonly comments: {
    readonly nodes: readonly (Edited & { readonly id: string })[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** Whether anybody, its author too, has changed the body of an issue since it was opened. REST does not tell. */
export async function isIssueEdited(client: Client, repository: RepositoryName, number: number): Promise<boolean> {
  const { lastEditedAt } = await query<Edited>(client, ISSUE, { repository, number, what: `issue ${number}` });
  return lastEditedAt !== null;
}

/**
 * The node ids of the comments on an issue that nobody ever edited. REST tells times by the second only, so an edit within
 * the first one would not show.
 */
export async function listUneditedComments(
  client: Client,
  repository: RepositoryName,
  number: number,
): Promise<Set<string>> {
  const unedited = new Set<string>();
  const what = `a comment on issue ${number}`;
  for (let after: string | null = null; ; ) {
    const { comments }: Page = await query<Page>(client, COMMENTS, { repository, number, what, after });
    for (const { id, lastEditedAt } of comments.nodes) if (lastEditedAt === null) unedited.add(id);
    if (!comments.pageInfo.hasNextPage) return unedited;
    after = comments.pageInfo.endCursor;
  }
}

interface Question {
  readonly repository: RepositoryName;
  readonly number: number;
  /** What may have been edited. */
  readonly what: string;
  readonly after?: string | null;
}

async function query<T>(client: Client, text: string, { repository, what, ...rest }: Question): Promise<T> {
  const { owner, name } = repository;
  const doing = `ask whether ${what} was edited`;
  return await ask({ doing, needs: 'issues: read' }, async () => {
    try {
      const answer = await client.graphql<Answer<T>>(text, { owner, name, ...rest });
      return answer.repository.issue;
    } catch (error) {
      // GraphQL says with success that it refused.
      if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') throw error;
      const found = `GitHub did not let Modelgate ${doing}: ${error.message}`;
      throw new UserMistake({ found, fix: 'Give the job the permission:\n    permissions:\n      issues: read' });
    }
  });
}
