import type { Octokit } from 'octokit';
import { connect } from './client.ts';
import type { GitHub, Repository } from './start.ts';
import type { NewToken } from './tokens.ts';

/** GitHub's own client with one token of a repository. It neither waits nor asks twice, so a test sees each answer. */
export function createOctokit(
  github: GitHub,
  repository: Repository,
  permissions: NewToken['permissions'] = {},
  more: Pick<NewToken, 'kind' | 'login'> = {},
): Octokit {
  return connect(github, github.createToken({ repository, permissions, ...more }));
}

/** A refusal in one line: the status, the message, and the code or message of each error. Throws where there was none. */
export async function readRefusal(request: Promise<unknown>): Promise<string> {
  const outcome = await request.then(
    () => undefined,
    (error: unknown) => error as { status?: number; response?: { data?: { message?: string; errors?: unknown[] } } },
  );
  const body = outcome?.response?.data;
  if (body === undefined) throw outcome ?? new Error('The request was not refused');
  const errors = (body.errors ?? []).map((error) => {
    if (typeof error !== 'object' || error === null) return String(error);
    const { field, code, message } = error as { field?: string; code?: string; message?: string };
    return `${field} ${message ?? code}`;
  });
  return [`${outcome?.status} ${body.message?.replace(/\s+/g, ' ').trim()}`, ...errors].join('; ');
}
