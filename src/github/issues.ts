import { RequestError } from 'octokit';
import { messageOf, UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { readLimit } from './persistence.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { writeOnce } from './writing.ts';

/** An issue as GitHub tells of it. Title and body can be changed by whoever may write. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly author: string;
  readonly created: string;
}

/** One issue that there shall be. */
export interface WantedIssue {
  /** The first line of its body: how it is found again. */
  readonly marker: string;
  readonly title: string;
  /** What follows the marker. */
  readonly body: string;
  /** It is looked for among the issues with the first of them. */
  readonly labels: readonly [string, ...string[]];
  /** Our login: nobody else's issue is ours, whatever it says. */
  readonly author: string;
  /** Whether a closed one counts: what happened is told once, what is asked may be asked again. */
  readonly closed: boolean;
}

/** GitHub's limits of a title and of a body, in characters. */
const TITLE_LIMIT = 256;
const BODY_LIMIT = 65_536;

/** Opens one issue, or finds it. Of several (two runs at once) the lowest number stays, and the others are closed. */
export async function ensureIssue(client: Client, repository: RepositoryName, wanted: WantedIssue): Promise<Issue> {
  const { marker, labels } = wanted;
  const place = nameParameters(repository);
  const look = async () => {
    const state = wanted.closed ? 'all' : 'open';
    const query = { ...place, labels: labels[0], state, per_page: 100 } as const;
    const all = await client.paginate(client.rest.issues.listForRepo, query);
    return all
      .filter((one) => one.pull_request === undefined)
      .map(readAnswer)
      .filter((one) => one.author === wanted.author && readMarker(one) === marker)
      .toSorted((a, b) => a.number - b.number);
  };
  return await ask({ doing: `open the issue "${wanted.title}"`, needs: 'issues: write' }, async () => {
    const { value, wrote } = await writeOnce<Issue>(client, {
      find: async () => (await look())[0],
      agrees: () => true,
      write: async () => {
        const text = `${marker}\n${wanted.body}`.slice(0, BODY_LIMIT);
        const words = { title: wanted.title.slice(0, TITLE_LIMIT), body: text, labels: [...labels] };
        const { data } = await client.rest.issues.create({ ...place, ...words });
        return readAnswer(data);
      },
    });
    const [first = value, ...others] = wrote ? await look() : [value];
    for (const other of others.filter(({ open }) => open)) {
      await closeIssue(client, repository, other.number, 'not_planned');
    }
    return first;
  });
}

/**
 * Opens an issue as `ensureIssue` does, where that is allowed: a repository can have no issues, and a token may not open
 * any. Answers with the reason then; a fault that may pass is thrown.
 */
export async function tryIssue(
  client: Client,
  repository: RepositoryName,
  wanted: WantedIssue,
): Promise<Issue | { readonly denied: string }> {
  try {
    return await ensureIssue(client, repository, wanted);
  } catch (error) {
    const { cause } = error instanceof UserMistake ? error : { cause: undefined };
    const refused = cause instanceof RequestError && [403, 404, 410].includes(cause.status);
    if (!refused || readLimit(cause) !== undefined) throw error;
    return { denied: messageOf(error) };
  }
}

/** Reads an issue anew. */
export async function readIssue(client: Client, repository: RepositoryName, number: number): Promise<Issue> {
  return await ask({ doing: `read issue ${number}`, needs: 'issues: read' }, async () => {
    const { data } = await client.rest.issues.get({ ...nameParameters(repository), issue_number: number });
    return readAnswer(data);
  });
}

/** Closes an issue, unless it is closed. */
export async function closeIssue(
  client: Client,
  repository: RepositoryName,
  number: number,
  reason: 'completed' | 'not_planned',
): Promise<void> {
  await ask({ doing: `close issue ${number}`, needs: 'issues: write' }, () =>
    writeOnce<Issue>(client, {
      find: () => readIssue(client, repository, number),
      agrees: ({ open }) => !open,
      write: async () => {
        const place = { ...nameParameters(repository), issue_number: number };
        const { data } = await client.rest.issues.update({ ...place, state: 'closed', state_reason: reason });
        return readAnswer(data);
      },
    }),
  );
}

/** The first line of an issue. */
export function readMarker({ body }: Pick<Issue, 'body'>): string {
  return body.split(/\r?\n/, 1)[0] ?? '';
}

interface Answer {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly user: { readonly login: string } | null;
  readonly created_at: string;
}

function readAnswer({ number, html_url, title, body, state, user, created_at }: Answer): Issue {
  const author = user?.login ?? 'ghost';
  return { number, url: html_url, title, body: body ?? '', open: state === 'open', author, created: created_at };
}
