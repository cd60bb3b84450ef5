import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { ask } from './faults.ts';

/** Whose name the token of a job writes under. */
export const JOB_LOGIN = 'github-actions[bot]';

/**
 * The login that the token's comments and checks carry. Where GitHub does not tell (some tokens may not ask GraphQL), the
 * login of a job's token.
 */
export async function readOwnLogin(client: Client): Promise<string> {
  try {
    const { viewer } = await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
    return viewer.login;
  } catch (error) {
    const refused = error instanceof RequestError && [403, 404].includes(error.status);
    if (refused || (error instanceof Error && error.name === 'GraphqlResponseError')) return JOB_LOGIN;
    return await ask({ doing: 'ask whose token this is', needs: 'contents: read' }, () => Promise.reject(error));
  }
}

/** The short name of the app that an app's login belongs to: checks name the app, comments the login. */
export function readAppName(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
