import { createServer } from 'node:net';
import { createEmulator } from 'emulate';
import { type Client, createClient } from '../../src/github/client.ts';
import { startGitHub } from '../support/github/start.ts';
import { NO_DELAYS } from './hub.ts';

/** A GitHub with an open issue, a commit, our client, and one of somebody else. */
export interface Opinion extends AsyncDisposable {
  readonly ours: Client;
  readonly stranger: Client;
  /** May write git's objects and refs. */
  readonly writer: Client;
  /** Of the default branch. */
  readonly headSha: string;
  /** Of an issue, which takes comments as a pull request does. */
  readonly number: number;
  /** The app that checks name; undefined where they name none. */
  readonly app: string | undefined;
}

export const PLACE = { owner: 'octo', repo: 'penguins' };
const LOGIN = 'github-actions[bot]';

/** Our own local GitHub. */
export async function startOurs(): Promise<Opinion> {
  const github = await startGitHub();
  const repository = await github.createRepository({ ...PLACE, name: PLACE.repo, files: { 'README.md': 'Hello' } });
  const permissions = { contents: 'write', checks: 'write', issues: 'write' } as const;
  const connect = (token: string) => createClient({ token, apiUrl: github.apiUrl, delays: NO_DELAYS });
  const ours = connect(github.createToken({ repository, permissions }));
  const stranger = connect(github.createToken({ repository, kind: 'user', login: 'eve' }));
  const { data: issue } = await ours.rest.issues.create({ ...PLACE, title: 'Drift' });
  return {
    ours,
    stranger,
    writer: ours,
    headSha: (await repository.resolve('main')) ?? '',
    number: issue.number,
    app: 'github-actions',
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}

/** The GitHub of `emulate`, which others wrote: it knows no GraphQL, no apps of checks and no limits of size. */
export async function startTheirs(): Promise<Opinion> {
  const emulator = await createEmulator({
    service: 'github',
    port: await findPort(),
    seed: {
      tokens: Object.fromEntries([LOGIN, 'eve', 'octo'].map((login) => [login, { login, scopes: ['repo'] }])),
      github: {
        users: [{ login: 'octo' }, { login: LOGIN }, { login: 'eve' }],
        repos: [{ owner: PLACE.owner, name: PLACE.repo, auto_init: true }],
      },
    },
  });
  const connect = (token: string) => createClient({ token, apiUrl: emulator.url, delays: NO_DELAYS });
  const ours = connect(LOGIN);
  const { data: issue } = await ours.rest.issues.create({ ...PLACE, title: 'Drift' });
  const { data: main } = await ours.rest.git.getRef({ ...PLACE, ref: 'heads/main' });
  return {
    ours,
    stranger: connect('eve'),
    // It knows users with roles, not tokens with permissions.
    writer: connect('octo'),
    headSha: main.object.sha,
    number: issue.number,
    app: undefined,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

/** A port that is free: the emulator takes a number, not zero. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
