import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { isForkApproved } from '../../src/github/forks.ts';
import { type ApprovalQuestion, readApprovalFacts } from '../../src/github/reviews.ts';
import { readOwnLogin } from '../../src/github/viewer.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect, openPullRequest } from './hub.ts';

let github: GitHub;
let repository: Repository;
let headSha: string;
let number: number;
let client: Client;
beforeEach(async () => {
  github = await startGitHub();
  const opened = await openPullRequest(github);
  repository = opened.repository;
  ({ headSha, number } = opened.pull);
  client = connect(github, repository, { contents: 'read', 'pull-requests': 'read' });
  repository.addCollaborator('grace', 'maintain');
  repository.addCollaborator('alan', 'write');
  repository.addCollaborator('tim', 'triage');
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

const ask = (change: Partial<ApprovalQuestion> = {}) =>
  readApprovalFacts(client, { repository, number, headSha, teams: [], codeOwners: '* @grace', ...change });

test('the facts name who reviewed what, who may do what, and who wrote', async () => {
  repository.addReview(number, { login: 'grace', state: 'APPROVED' });
  repository.addReview(number, { login: 'tim', state: 'CHANGES_REQUESTED', commit: '1'.repeat(40) });
  repository.addReview(number, { login: 'stranger', state: 'APPROVED' });
  const message = 'Train longer\n\nCo-authored-by: Alan <7+alan@users.noreply.github.com>';
  const moved = await repository.commit({ branch: 'topic', files: { 'train.py': '2' }, message, author: 'ada' });
  const facts = await ask({ headSha: moved });
  expect(facts).toMatchObject({ headSha: moved, author: 'ada', codeOwners: '* @grace' });
  expect(facts.reviews.map(({ login, state, commit }) => [login, state, commit])).toEqual([
    ['grace', 'APPROVED', headSha],
    ['tim', 'CHANGES_REQUESTED', '1'.repeat(40)],
    ['stranger', 'APPROVED', headSha],
  ]);
  expect([...facts.owners]).toEqual([
    ['grace', 'maintain'],
    ['tim', 'triage'],
    // Everybody may read what is public.
    ['stranger', 'read'],
  ]);
  expect(facts.coAuthors).toEqual(expect.arrayContaining(['ada', 'alan']));
});

test('reviews beyond the first page are read', async () => {
  for (let index = 0; index < 130; index++) repository.addReview(number, { login: 'tim', state: 'COMMENTED' });
  repository.addReview(number, { login: 'grace', state: 'APPROVED' });
  expect((await ask()).reviews.at(-1)).toMatchObject({ login: 'grace' });
});

test('a team is read with an app’s token, and unknown without, with the reason', async () => {
  github.addTeam('octo/reviewers', ['grace', 'alan']);
  const without = await ask({ teams: ['octo/reviewers', 'nonsense'] });
  expect(without.teams.get('octo/reviewers')).toMatchObject({ fault: expect.stringContaining('token of an app') });
  expect(without.teams.get('nonsense')).toMatchObject({ fault: expect.stringContaining('org/team') });
  const teamClient = connect(github, repository, { members: 'read' }, { kind: 'app' });
  const teams = (await ask({ teams: ['octo/reviewers', 'octo/nobody'], teamClient })).teams;
  expect(teams.get('octo/reviewers')).toEqual(['grace', 'alan']);
  expect(teams.get('octo/nobody')).toMatchObject({ fault: expect.stringContaining('Members: read') });
});

test('a token without the permission is a fault, never an empty list', async () => {
  client = connect(github, await github.createRepository({ owner: 'octo', name: 'other', files: { a: '' } }), {});
  github.faults.add({ operation: 'pulls/list-reviews', kind: 'status', status: 403, when: 'before' });
  await expect(ask()).rejects.toThrow('pull-requests: read');
});

test.each([
  ['by a maintainer on the head', [['grace', 'APPROVED', true]], true],
  ['by a writer on the head', [['alan', 'APPROVED', true]], true],
  ['by somebody who may only triage', [['tim', 'APPROVED', true]], false],
  ['by a stranger', [['stranger', 'APPROVED', true]], false],
  ['by whoever opened it', [['ada', 'APPROVED', true]], false],
  ['on an older commit', [['grace', 'APPROVED', false]], false],
  [
    'taken back by a later review',
    [
      ['grace', 'APPROVED', true],
      ['grace', 'CHANGES_REQUESTED', true],
    ],
    false,
  ],
  [
    'and a later comment',
    [
      ['grace', 'APPROVED', true],
      ['grace', 'COMMENTED', true],
    ],
    true,
  ],
  ['that was dismissed', [['grace', 'DISMISSED', true]], false],
  ['by nobody', [], false],
] as const)('an approval %s', async (_, reviews, approved) => {
  repository.addCollaborator('ada', 'write');
  for (const [login, state, onHead] of reviews) {
    repository.addReview(number, { login, state, commit: onHead ? headSha : '1'.repeat(40) });
  }
  expect((await isForkApproved(client, { repository, number, headSha, author: 'ada' })).approved).toBe(approved);
});

test('where GitHub tells no roles, a reviewer who belongs to the repository lets a fork in, and a stranger does not', async () => {
  const operation = 'repos/get-collaborator-permission-level';
  github.faults.add({ operation, kind: 'status', status: 403, when: 'before', times: 100 });
  repository.addReview(number, { login: 'stranger', state: 'APPROVED' });
  expect(await isForkApproved(client, { repository, number, headSha })).toEqual({ approved: false });
  repository.addCollaborator('grace', 'write');
  repository.addReview(number, { login: 'grace', state: 'APPROVED' });
  expect(await isForkApproved(client, { repository, number, headSha })).toEqual({ approved: true, by: 'grace' });
});

test('our login is what GitHub says, and the job’s where it does not say', async () => {
  const app = connect(github, repository, {}, { kind: 'app', login: 'gatekeeper' });
  expect(await readOwnLogin(app)).toBe('gatekeeper[bot]');
  github.faults.add({ operation: 'graphql', kind: 'status', status: 403, when: 'before' });
  expect(await readOwnLogin(app)).toBe('github-actions[bot]');
});
