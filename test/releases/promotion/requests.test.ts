import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stage } from '../../../src/config/stages.ts';
import type { Issue } from '../../../src/github/issues.ts';
import { see } from '../../registry/promotion/seen.ts';
import { plainStage, World } from '../../registry/promotion/world.ts';
import * as asking from './asking.ts';
import { AT } from './asking.ts';

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

const open = (wish?: asking.Wish) => asking.open(world, wish);
const as = (login: string) => asking.as(world, login);
const say = (login: string, body: string, issue: Pick<Issue, 'number'>) => asking.say(world, login, body, issue);
const answer = (issue: Pick<Issue, 'number'>) => asking.answer(world, issue);
const listBodies = (issue: Issue) => world.repository.inspect.comments(issue.number).map(({ body }) => body);

describe('a request', () => {
  test('is one issue, however often it is asked, and says what on which numbers', async () => {
    const issue = await open();
    expect(await open({ reason: 'Again' })).toEqual(issue);
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
    ['by somebody who may not write', 'tim', 'may not write to the repository'],
  ])('%s, and is answered once with why', async (_what, login, why) => {
    const issue = await open();
    await say(login, '/approve', issue);
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    const answers = listBodies(issue).filter((body) => body.includes('does not count'));
    expect(answers).toEqual([expect.stringContaining(why)]);
    expect((await see(world)).placings).toEqual([]);
  });

  test.each(['eve', 'robot[bot]'])('of %s, who gets no answer, however often', async (login) => {
    const issue = await open();
    for (let time = 0; time < 3; time++) await say(login, '/approve', issue);
    expect(await answer(issue)).toMatchObject({ state: 'waiting' });
    expect(listBodies(issue)).toEqual(['/approve', '/approve', '/approve']);
  });

  test('is known without reading the comments again', async () => {
    const issue = await open();
    for (let time = 0; time < 5; time++) await say('tim', '/approve', issue);
    await answer(issue);
    const before = world.github.requests.length;
    await answer(issue);
    const operations = world.github.requests.slice(before).map(({ operation }) => operation);
    expect(operations.filter((name) => name === 'issues/list-comments')).toHaveLength(1);
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
