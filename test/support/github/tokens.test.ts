import { describe, expect, test } from 'vitest';
import { catchFault, connect } from './client.ts';
import { operations } from './openapi/description.ts';
import { findNeed } from './permissions.ts';
import { startGitHub } from './start.ts';

const place = { owner: 'octo', repo: 'penguins' };
const anybody = new Set(['users/get-authenticated', 'users/get-by-username', 'rate-limit/get']);

async function startWithRepository(options: { private?: boolean; now?: () => Date } = {}) {
  const github = await startGitHub(options.now ? { now: options.now } : {});
  const files = { 'a.txt': 'one\n' };
  const repository = await github.createRepository({
    ...place,
    name: place.repo,
    files,
    private: options.private ?? false,
  });
  return { github, repository };
}

test('every operation says what it needs', () => {
  expect([...operations.keys()].filter((id) => findNeed(id) === undefined && !anybody.has(id))).toEqual([]);
});

describe('a token', () => {
  test('that nobody gave out is 401', async () => {
    const { github } = await startWithRepository();
    await using _ = github;
    const fault = await catchFault(connect(github, 'ghs_unknown').rest.repos.get(place));
    expect([fault.status, fault.message.split(' - ')[0]]).toEqual([401, 'Bad credentials']);
  });

  test('of a workflow is 401 after 24 hours', async () => {
    let time = new Date('2026-01-01T00:00:00Z');
    const { github, repository } = await startWithRepository({ now: () => time });
    await using _ = github;
    const client = connect(github, github.createToken({ repository }));
    time = new Date('2026-01-01T23:59:59Z');
    expect((await client.rest.repos.get(place)).status).toBe(200);
    time = new Date('2026-01-02T00:00:00Z');
    expect((await catchFault(client.rest.repos.get(place))).status).toBe(401);
  });

  test('without the permission is 403, and the answer names the permission', async () => {
    const { github, repository } = await startWithRepository();
    await using _ = github;
    const client = connect(github, github.createToken({ repository, permissions: { checks: 'read' } }));
    const fault = await catchFault(client.rest.checks.create({ ...place, name: 'x', head_sha: 'x' }));
    expect(fault).toMatchObject({ status: 403, headers: { 'x-accepted-github-permissions': 'checks=write' } });
    expect(fault.message).toContain('Resource not accessible by integration');
  });

  test('of another repository sees nothing of a private one, and reads a public one only', async () => {
    const { github } = await startWithRepository({ private: true });
    await using _ = github;
    const other = await github.createRepository({ owner: 'octo', name: 'other', files: { 'a.txt': '' } });
    const foreign = await github.createRepository({ owner: 'ada', name: 'own', files: { 'a.txt': '' } });
    const permissions = { contents: 'write', issues: 'write' } as const;
    const client = connect(github, github.createToken({ repository: foreign, permissions }));
    expect((await catchFault(client.rest.repos.get(place))).status).toBe(404);
    expect((await client.rest.repos.get({ owner: 'octo', repo: other.name })).status).toBe(200);
    const write = client.rest.issues.createLabel({ owner: 'octo', repo: other.name, name: 'x' });
    expect((await catchFault(write)).status).toBe(403);
  });

  test('reads public things without permissions, and private ones with them', async () => {
    const { github, repository } = await startWithRepository({ private: true });
    await using _ = github;
    const open = await github.createRepository({ owner: 'octo', name: 'open', files: { 'a.txt': '' } });
    const bare = connect(github, github.createToken({ repository: open }));
    expect((await bare.rest.pulls.list({ owner: 'octo', repo: 'open' })).status).toBe(200);
    const blind = connect(github, github.createToken({ repository, permissions: { contents: 'read' } }));
    expect((await catchFault(blind.rest.pulls.list(place))).status).toBe(403);
  });
});

describe('a workflow', () => {
  test('never reads teams, and no token of one can be made that does', async () => {
    const { github, repository } = await startWithRepository();
    await using _ = github;
    github.addTeam('octo/owners', ['ada']);
    const member = { org: 'octo', team_slug: 'owners', username: 'ada' };
    const workflow = connect(github, github.createToken({ repository, permissions: { contents: 'write' } }));
    expect((await catchFault(workflow.rest.teams.getMembershipForUserInOrg(member))).status).toBe(403);
    expect(() => github.createToken({ repository, permissions: { members: 'read' } })).toThrow('members');
    const app = connect(github, github.createToken({ repository, kind: 'app', permissions: { members: 'read' } }));
    expect((await app.rest.teams.getMembershipForUserInOrg(member)).data.state).toBe('active');
    const stranger = app.rest.teams.getMembershipForUserInOrg({ ...member, username: 'eve' });
    expect((await catchFault(stranger)).status).toBe(404);
  });

  test('never reads the setting of immutable releases', async () => {
    const { github, repository } = await startWithRepository();
    await using _ = github;
    const client = connect(github, github.createToken({ repository, permissions: { contents: 'write' } }));
    const fault = await catchFault(client.rest.repos.checkImmutableReleases(place));
    expect(fault).toMatchObject({ status: 403, headers: { 'x-accepted-github-permissions': 'administration=read' } });
  });
});

test('each kind of token knows its own login', async () => {
  const { github, repository } = await startWithRepository();
  await using _ = github;
  const kinds = [{ kind: 'workflow' }, { kind: 'app', login: 'gatekeeper' }, { kind: 'user', login: 'ada' }] as const;
  const logins = kinds.map(async (kind) => {
    const client = connect(github, github.createToken({ repository, ...kind }));
    return (await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }')).viewer.login;
  });
  expect(await Promise.all(logins)).toEqual(['github-actions[bot]', 'gatekeeper[bot]', 'ada']);
});

test('the permission of a user is their role', async () => {
  const { github, repository } = await startWithRepository();
  await using _ = github;
  repository.addCollaborator('bob', 'maintain');
  const client = connect(github, github.createToken({ repository }));
  const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...place, username: 'bob' });
  expect([data.permission, data.role_name]).toEqual(['write', 'maintain']);
});
