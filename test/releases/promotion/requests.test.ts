import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stage } from '../../../src/config/stages.ts';
import type { Issue } from '../../../src/github/issues.ts';
import { findReleaseEvent } from '../../../src/registry/ledger/queries.ts';
import type { PromotionRequest } from '../../../src/registry/promotion/request.ts';
import { type AnsweredRequest, answerRequest } from '../../../src/registry/promotion/request-answer.ts';
import { openRequest } from '../../../src/registry/promotion/request-issue.ts';
import { see } from '../../registry/promotion/seen.ts';
import { OURS, plainStage, runOf, World } from '../../registry/promotion/world.ts';
import { createOctokit } from '../../support/github/octokit.ts';

const REQUEST: PromotionRequest = {
  model: 'churn',
  version: 'v1.0.0',
  stage: 'production',
  reason: 'It **is** better, @everyone',
  requestedBy: 'ada',
  run: runOf(5),
};
const AT = { owner: 'octo', repo: 'zoo' };

let world: World;
let stage: Stage;
beforeEach(async () => {
  world = await World.open();
  stage = plainStage('production', { approval: { count: 1 } });
  world.stages = [stage];
  await world.addVersion('v1.0.0');
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

async function open(request: PromotionRequest = REQUEST): Promise<Issue> {
  const { client, ledger } = world.scene();
  const release = findReleaseEvent(await ledger.read(), 'churn', 'v1.0.0');
  if (release === undefined) throw new Error('There is no such version');
  return await openRequest(client, world.place, { request, stage, release, live: null, author: OURS });
}

const as = (login: string) => createOctokit(world.github, world.repository, {}, { kind: 'user', login }).rest.issues;

async function say(login: string, body: string, { number }: Pick<Issue, 'number'>): Promise<number> {
  return (await as(login).createComment({ ...AT, issue_number: number, body })).data.id;
}

let runs = 100;
const answer = ({ number }: Pick<Issue, 'number'>): Promise<AnsweredRequest> => {
  runs += 1;
  return answerRequest({ ...world.scene({ run: runOf(runs) }), number });
};

const listBodies = (issue: Issue) => world.repository.inspect.comments(issue.number).map(({ body }) => body);

describe('a request', () => {
  test('is one issue, however often it is asked, and says what on which numbers', async () => {
    const issue = await open();
    expect(await open({ ...REQUEST, reason: 'Again', run: runOf(6) })).toEqual(issue);
    expect(issue.title).toBe('Promote churn v1.0.0 to production?');
    expect(issue.body).toContain('| accuracy | 0.912');
    expect(issue.body).toContain('Reason: It \\*\\*is\\*\\* better, @&#8203;everyone');
    expect(issue.body).toContain('from somebody who may write to this repository, and not from ada');
  });

  test('that somebody permitted approves is promoted, and closed with the outcome', async () => {
    const issue = await open();
    await say('bo', '/approve\nLooks good', issue);
    expect(await answer(issue)).toMatchObject({ state: 'promotion', result: { state: 'promoted' } });
    const seen = await see(world);
    expect(seen.issues).toMatchObject([{ state: 'closed' }]);
    expect(seen.placings).toEqual([{ kind: 'promotion', tag: 'churn#production#1', version: 'v1.0.0', from: null }]);
    const [event] = (await world.openLedger().read()).events.slice(-1);
    expect(event).toMatchObject({ requestedBy: 'ada', approvals: [{ login: 'bo', by: 'issue' }] });
    expect(listBodies(issue).at(-1)).toContain('v1.0.0 is now in production: tag `churn#production#1`, event 2');
  });

  test('that is answered by two runs at once is promoted once', async () => {
    const issue = await open();
    await say('bo', '/approve', issue);
    await say('cy', '/approve', issue);
    const results = await Promise.all([answer(issue), answer(issue)]);
    expect(results.map(({ state }) => state)).toEqual(['promotion', 'promotion']);
    expect((await see(world)).placings).toHaveLength(1);
  });

  test('that was decided is over', async () => {
    const issue = await open();
    await say('bo', '/reject', issue);
    expect(await answer(issue)).toMatchObject({ state: 'rejected', by: 'bo' });
    await say('bo', '/approve', issue);
    expect(await answer(issue)).toEqual({ state: 'ended' });
    expect((await see(world)).placings).toEqual([]);
  });

  test('may be withdrawn by who asked', async () => {
    const issue = await open();
    await say('ada', '/reject', issue);
    expect(await answer(issue)).toMatchObject({ state: 'rejected', by: 'ada' });
  });

  test('waits until enough people agree', async () => {
    stage = plainStage('production', { approval: { users: ['bo', 'cy', 'ada'], count: 2 } });
    world.stages = [stage];
    const issue = await open();
    await say('bo', '/approve', issue);
    expect(await answer(issue)).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('an approval more'),
    });
    await say('cy', '/approve', issue);
    expect(await answer(issue)).toMatchObject({ state: 'promotion', result: { state: 'promoted' } });
  });

  test('that the stage no longer allows is closed with the reasons', async () => {
    const issue = await open();
    world.stages = [plainStage('production', { approval: { count: 1 }, controls: ['fairness'] })];
    await say('bo', '/approve', issue);
    expect(await answer(issue)).toMatchObject({ state: 'promotion', result: { state: 'refused' } });
    expect(listBodies(issue).at(-1)).toContain('Refused, and nothing was promoted');
    expect((await see(world)).issues).toMatchObject([{ state: 'closed' }]);
  });
});

describe('a comment does not count', () => {
  test.each([
    ['by who asked', 'ada', 'asked for it'],
    ['by somebody who may not write', 'eve', 'may not write to the repository'],
    ['by a bot', 'robot[bot]', 'is no person'],
  ])('%s, and is answered once with why', async (_what, login, why) => {
    const issue = await open();
    await say(login, '/approve', issue);
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    const answers = listBodies(issue).filter((body) => body.includes('does not count'));
    expect(answers).toEqual([expect.stringContaining(why)]);
    expect((await see(world)).placings).toEqual([]);
  });

  test('that was edited', async () => {
    const issue = await open();
    const comment_id = await say('bo', 'Hm', issue);
    await as('ada').updateComment({ ...AT, comment_id, body: '/approve' });
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    expect(listBodies(issue).at(-1)).toContain('edited the comment');
  });

  test.each(['Please /approve', '/approve now', '/approved', '> /approve'])('that says %j', async (body) => {
    const issue = await open();
    await say('bo', body, issue);
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    expect(listBodies(issue)).toEqual([body]);
  });

  test('of somebody whose last word is no', async () => {
    const issue = await open();
    await say('bo', '/approve', issue);
    await say('bo', '/reject', issue);
    expect(await answer(issue)).toMatchObject({ state: 'rejected' });
  });
});

describe('an issue is no request', () => {
  test('when somebody else wrote it, whatever it says', async () => {
    const issue = await open();
    const forged = (await as('ada').create({ ...AT, title: issue.title, body: issue.body })).data;
    await say('bo', '/approve', forged);
    expect(await answer(forged)).toEqual({ state: 'ended' });
  });

  test('when its text was edited, even to what it was', async () => {
    const issue = await open();
    const place = { ...AT, issue_number: issue.number };
    await as('ada').update({ ...place, body: issue.body.replace('ada', 'eve') });
    await as('ada').update({ ...place, body: issue.body });
    await say('bo', '/approve', issue);
    expect(await answer(issue)).toEqual({ state: 'edited' });
    expect((await see(world)).issues).toMatchObject([{ state: 'closed' }]);
    expect((await see(world)).placings).toEqual([]);
  });
});

test('a promotion that needs an approval says how it is given', async () => {
  expect(await world.promote('v1.0.0', 'production')).toMatchObject({
    state: 'refused',
    waits: 'issue',
    refusals: [{ ground: 'approval', fix: expect.stringContaining('/approve') }],
  });
});
