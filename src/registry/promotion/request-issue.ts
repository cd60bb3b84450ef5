import type { Client } from '../../github/client.ts';
import { isIssueEdited } from '../../github/edits.ts';
import { ensureIssue, type Issue, readIssue } from '../../github/issues.ts';
import type { Repository } from '../../github/repository.ts';
import { type PromotionRequest, parseRequest, REQUEST_MARKER } from './request.ts';
import { renderRequestTitle } from './request-text.ts';

export const REQUEST_LABEL = 'modelgate-promotion';

/** Opens the issue of a request, or finds the one that is open. `text` is what the run that asks has kept of it. */
export async function openRequest(
  client: Client,
  repository: Repository,
  { text, author }: { readonly text: string; readonly author: string },
): Promise<Issue> {
  const request = parseRequest(text);
  if (request === undefined) throw new Error('What the run has kept is no request');
  const [marker = '', ...lines] = text.split('\n');
  const labels = [REQUEST_LABEL] as const;
  const title = renderRequestTitle(request);
  return await ensureIssue(client, repository, {
    marker,
    title,
    body: lines.join('\n'),
    labels,
    author,
    closed: false,
  });
}

/**
 * `none`: the issue is no request. `closed`: it was decided. `edited`: somebody changed its text, so that nobody can tell
 * what was asked.
 */
export type ReadRequest =
  | { readonly state: 'open'; readonly issue: Issue; readonly request: PromotionRequest }
  | { readonly state: 'closed' | 'edited'; readonly issue: Issue }
  | { readonly state: 'none' };

/**
 * Reads the request of an issue anew from GitHub; the number is all that is taken from an event. Whoever may write can
 * edit an issue, so it counts only where our login opened it and GitHub says that nobody ever edited it: with another name
 * under `requestedBy`, somebody could approve what they asked for themselves. Our login is every job's, so whether the run
 * that is named has asked is a question of its own: `readOrigin`.
 */
export async function readRequest(
  client: Client,
  repository: Repository,
  { number, author }: { readonly number: number; readonly author: string },
): Promise<ReadRequest> {
  const issue = await readIssue(client, repository, number);
  if (issue.author !== author || !issue.body.startsWith(REQUEST_MARKER)) return { state: 'none' };
  if (!issue.open) return { state: 'closed', issue };
  const request = parseRequest(issue.body);
  if (request === undefined || (await isIssueEdited(client, repository, number))) return { state: 'edited', issue };
  return { state: 'open', issue, request };
}
