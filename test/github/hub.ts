import { type Client, createClient } from '../../src/github/client.ts';
import type { GitHub, Repository } from '../support/github/start.ts';
import type { NewToken } from '../support/github/tokens.ts';

/** No wait takes time. */
export const NO_DELAYS = { second: 0 };

/** A client with a token of these permissions. */
export function connect(
  github: GitHub,
  repository: Repository,
  permissions: NonNullable<NewToken['permissions']>,
  token: Omit<NewToken, 'repository' | 'permissions'> = {},
): Client {
  const expiresAt = new Date('2100-01-01');
  const text = github.createToken({ repository, permissions, expiresAt, ...token });
  return createClient({ token: text, apiUrl: github.apiUrl, delays: NO_DELAYS });
}

/** A repository with one open pull request. */
export async function openPullRequest(github: GitHub) {
  const repository = await github.createRepository({
    owner: 'octo',
    name: 'penguins',
    files: { 'README.md': 'Hello' },
  });
  await repository.commit({ branch: 'topic', files: { 'train.py': 'print()' } });
  const pull = await repository.openPullRequest({ head: 'topic', author: 'ada' });
  return { repository, pull };
}
