import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Issue } from '../../../src/github/issues.ts';
import { openRequest } from '../../../src/registry/promotion/request-issue.ts';
import { see } from '../../registry/promotion/seen.ts';
import { OURS, plainStage, World } from '../../registry/promotion/world.ts';
import type { NewRun } from '../../support/github/run-handle.ts';
import { AT, answer, as, keep, open, say, startRun, writeText } from './asking.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  world.stages = [plainStage('production', { approval: { count: 1 } }), plainStage('staging')];
  for (const version of ['v1.0.0', 'v1.1.0']) await world.addVersion(version);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

/** An issue with a text, as any job can open one that may write issues. */
const forge = (text: string): Promise<Issue> => openRequest(world.connect(), world.place, { text, author: OURS });

async function expectForged(issue: Pick<Issue, 'number'>, reason: string): Promise<void> {
  await say(world, 'bo', '/approve', issue);
  expect(await answer(world, issue)).toEqual({ state: 'forged', reason: expect.stringContaining(reason) });
  const { placings, issues } = await see(world);
  expect(placings).toEqual([]);
  expect(issues.at(-1)).toMatchObject({ state: 'closed' });
  expect(world.repository.inspect.comments(issue.number).at(-1)?.body).toContain('This request does not count');
}

describe('an issue that our login opened is no request', () => {
  test('when there is no run such as it names', async () => {
    await expectForged(await forge(await writeText(world, { id: 999_999, attempt: 1 })), 'there is no run 999999');
  });

  test('when the run that it names keeps nothing', async () => {
    await expectForged(await forge(await writeText(world, await startRun(world))), 'keeps no request');
  });

  test.each<[what: string, run: Partial<NewRun>, reason: string]>([
    ['of another workflow', { workflowPath: '.github/workflows/lint.yml' }, 'is of .github/workflows/lint.yml'],
    ['of a push', { event: 'push' }, 'was started by push'],
    ['of another branch', { headBranch: 'topic' }, 'is of topic'],
    ['that somebody else started', { actor: 'bo' }, 'was started by bo'],
    ['that an app started', { actor: 'ada', triggeringActor: 'github-actions[bot]' }, 'who is no person'],
  ])('when it names a run %s', async (_what, more, reason) => {
    const run = await startRun(world, more);
    const text = await writeText(world, run);
    await keep(run, text);
    await expectForged(await forge(text), reason);
  });

  test('when its run is of a tag with the name of the default branch', async () => {
    const headSha = await world.repository.commit({ branch: 'topic', files: { a: '1' } });
    const run = await startRun(world, { headSha });
    await expectForged(await open(world, {}, run), 'none of the newest commits');
  });

  test.each([
    ['version', { version: 'v1.1.0' }],
    ['stage', { stage: 'staging' }],
    ['requester', { triggeredBy: ['cy'] }],
  ])('when its run asked for another %s', async (_what, wish) => {
    const run = await startRun(world);
    await keep(run, await writeText(world, run));
    await expectForged(await forge(await writeText(world, run, wish)), 'asked for something else');
  });

  test('when it shows people something else than its run asked', async () => {
    const run = await startRun(world);
    const text = await writeText(world, run);
    await keep(run, text);
    const lying = text.replace('into **production**', 'into **staging**');
    expect(lying).not.toBe(text);
    await expectForged(await forge(lying), 'asked for something else');
  });

  test('when its title was changed', async () => {
    const issue = await open(world);
    await as(world, 'cy').update({ ...AT, issue_number: issue.number, title: 'Promote churn v1.0.0 to staging?' });
    await expectForged(issue, 'asked for something else');
  });

  test('when it names another attempt than the one that asked', async () => {
    const run = await startRun(world);
    await keep(run, await writeText(world, run));
    await expectForged(await forge(await writeText(world, { id: run.id, attempt: 2 })), 'has no attempt 2');
    const again = run.rerun();
    again.update({ status: 'completed', conclusion: 'success' });
    await expectForged(await forge(await writeText(world, again)), 'keeps no request');
  });
});

test('whoever ran the run again asks too, and cannot approve', async () => {
  const run = await startRun(world);
  const issue = await open(world, {}, run);
  run.rerun('bo').update({ status: 'completed', conclusion: 'success' });
  await say(world, 'bo', '/approve', issue);
  expect(await answer(world, issue)).toMatchObject({ state: 'waiting', reason: expect.stringContaining('ada or bo') });
  await say(world, 'cy', '/approve', issue);
  expect(await answer(world, issue)).toMatchObject({ state: 'promotion', result: { state: 'promoted' } });
  const [event] = (await world.openLedger().read()).events.slice(-1);
  expect(event).toMatchObject({ requestedBy: 'ada', triggeredBy: ['bo'], approvals: [{ login: 'cy' }] });
});
