import type { Client } from '../../github/client.ts';
import { ensureIssue, type Issue, isIssueEdited, readIssue } from '../../github/issues.ts';
import type { Repository } from '../../github/repository.ts';
import { type PromotionRequest, parseRequest, REQUEST_MARKER, renderRequestMarker } from './request.ts';
import { type RequestFacts, renderRequest, renderRequestTitle } from './request-text.ts';

export const REQUEST_LABEL = 'modelgate-promotion';

/** Opens the issue of a request, or finds the one that is open. */
export async function openRequest(
  client: Client,
  repository: Repository,
  facts: RequestFacts & { readonly author: string },
): Promise<Issue> {
  return await ensureIssue(client, repository, {
    marker: renderRequestMarker(facts.request),
    title: renderRequestTitle(facts.request),
    body: renderRequest(facts),
    labels: [REQUEST_LABEL],
    author: facts.author,
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
 * edit an issue, so it counts only where our login opened it, its text has the digest that we wrote, and GitHub says that
 * nobody ever edited it: with another name under `requestedBy`, somebody could approve what they asked for themselves.
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
