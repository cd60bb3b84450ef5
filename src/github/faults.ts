import { RequestError } from 'octokit';
import { UserMistake } from '../errors.ts';
import { LONGEST_WAIT_S, readLimit } from './persistence.ts';

/** A line under `permissions:` of a workflow. */
export type Permission =
  | `${'actions' | 'checks' | 'contents' | 'pull-requests' | 'statuses' | 'issues' | 'deployments' | 'attestations'}: ${'read' | 'write'}`
  | 'organization members: read';

/** What a request was for. */
export interface Purpose {
  /** Completes "Modelgate could not …": `post the comment on pull request 5`. */
  readonly doing: string;
  /** What the token must be allowed. */
  readonly needs: Permission;
  /** Whether the event comes from a fork's pull request, whose token can only read. */
  readonly fork?: boolean;
}

/** Asks GitHub, and turns its refusals into words that say what to do. Everything else thrown passes as it is. */
export async function ask<T>(purpose: Purpose, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw describeApiFault(error, purpose);
  }
}

/** Words for a refusal of GitHub's; anything that is not one comes back as it is. */
export function describeApiFault(error: unknown, purpose: Purpose): unknown {
  if (!(error instanceof RequestError)) return error;
  const { found, fix } = explain(error, purpose);
  const problem = { found: `GitHub did not let Modelgate ${purpose.doing}: ${found}`, fix };
  return new UserMistake(problem, { cause: error });
}

function explain(error: RequestError, purpose: Purpose): { found: string; fix: string } {
  const said = `HTTP ${error.status}, "${quote(error.message)}"`;
  const limit = readLimit(error);
  if (limit !== undefined) {
    const wait = `GitHub’s limit is used up for ${Math.ceil(limit)} more seconds (${said})`;
    return {
      found: wait,
      fix: `Re-run the job later; it does not wait longer than ${LONGEST_WAIT_S} seconds by itself.`,
    };
  }
  if (error.status === 401) {
    return {
      found: `the token is not valid (${said})`,
      fix: 'Re-run the job: the token of a job ends with it, and after 24 hours at most.',
    };
  }
  if (error.status === 403 || error.status === 404) return { found: explainDenial(error, said), fix: grant(purpose) };
  if (error.status === 410)
    return { found: `it is no longer there (${said})`, fix: 'Re-run the whole workflow, so that it is made again.' };
  if (error.status === 422) {
    return {
      found: `the request was refused (${said})`,
      fix: 'Check what the message names; if it names nothing of yours, please report it.',
    };
  }
  if (error.response === undefined) {
    return {
      found: `no answer came ("${quote(error.message)}")`,
      fix: 'Check the network of the runner, then re-run the job.',
    };
  }
  return {
    found: `the server failed (${said})`,
    fix: 'Re-run the job; https://www.githubstatus.com says whether GitHub has trouble.',
  };
}

function explainDenial(error: RequestError, said: string): string {
  if (error.status === 404) return `it is not there, or the token may not see it (${said})`;
  return `the token may not do that (${said})`;
}

function grant({ needs, fork }: Purpose): string {
  if (needs === 'organization members: read') {
    return 'Give the token of a GitHub App with the organization permission "Members: read"; the token of a job never has it.';
  }
  const line = `Give the job the permission:\n    permissions:\n      ${needs}`;
  if (!fork || needs.endsWith('read')) return line;
  const reason = 'This pull request comes from a fork, so its token cannot write, whatever the workflow asks for.';
  return `${reason} Post from a workflow_run workflow, and there:\n    permissions:\n      ${needs}`;
}

/** Enough of a message to find it again. What GitHub says may repeat what a stranger wrote. */
function quote(message: string): string {
  const line = (message.split('\n')[0] ?? '').replaceAll('"', "'").trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
