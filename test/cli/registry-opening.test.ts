import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry, readActor } from '../../src/cli/registry/opening.ts';
import { createClient } from '../../src/github/client.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';

let github: GitHub;
let repository: Repository;
beforeAll(async () => {
  github = await startGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } });
});
afterAll(() => github[Symbol.asyncDispose]());

const look = (environment: NodeJS.ProcessEnv) => ({
  environment: { GITHUB_API_URL: github.apiUrl, ...environment },
  signal: new AbortController().signal,
});
const ownToken = () => github.createToken({ repository, kind: 'user', login: 'octo' });

describe('which repository a command means', () => {
  test('is what the flag says, whatever else there is', async () => {
    const opened = await openRegistry(look({ GITHUB_REPOSITORY: 'octo/other' }), { repository: 'octo/zoo' });
    expect(opened.repository).toMatchObject({ owner: 'octo', name: 'zoo', id: repository.id });
    expect(opened.token).toBeUndefined();
    expect(await opened.ledger.read()).toMatchObject({ events: [] });
  });

  test('is what the workflow says, without the flag', async () => {
    const opened = await openRegistry(look({ GITHUB_REPOSITORY: 'octo/zoo', GH_TOKEN: ownToken() }), {});
    expect(opened.repository.fullName).toBe('octo/zoo');
    expect(opened.token).toMatch(/^github_pat_/);
  });

  test('is a mistake to leave open, or to misspell', async () => {
    await expect(openRegistry(look({}), { folder: '/' })).rejects.toThrow('nothing says which repository this is');
    await expect(openRegistry(look({}), { repository: 'zoo' })).rejects.toThrow('--repository is `zoo`');
    await expect(openRegistry(look({ GITHUB_REPOSITORY: 'a/b/c' }), {})).rejects.toThrow(
      'GITHUB_REPOSITORY is `a/b/c`',
    );
  });
});

describe('who acts', () => {
  test('is whoever started the workflow', async () => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'ada' };
    expect(await readActor({ environment }, createClient({ apiUrl: github.apiUrl }))).toBe('ada');
  });

  test('is the owner of the token on a laptop, whatever a variable claims', async () => {
    const token = ownToken();
    const environment = { GITHUB_TOKEN: token, GITHUB_ACTOR: 'ada' };
    expect(await readActor({ environment }, createClient({ token, apiUrl: github.apiUrl }))).toBe('octo');
  });

  test('is nobody without a token', async () => {
    const client = createClient({ apiUrl: github.apiUrl });
    await expect(readActor({ environment: {} }, client)).rejects.toThrow('nothing says who acts');
  });
});
