import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Desk, writeConfig } from './desk.ts';

let desk: Desk;
let since: number;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(async () => {
  await desk.restore();
  await desk.edit(writeConfig());
  since = desk.place.github.requests.length;
});

const promote = (version: string, stage: string, ...args: string[]) => desk.run(['promote', version, stage, ...args]);

test('a version comes into a stage, and the command says where that is written', async () => {
  const { code, stdout, stderr } = await promote('churn@v1.0.0', 'staging', '--reason', 'Better');
  expect(code, stderr).toBe(0);
  expect(stdout).toBe('churn@v1.0.0 is in staging: churn#staging#1, event 3 of the ledger.\n');
  expect(stderr).not.toContain('differs');
  expect(await desk.see()).toMatchObject({
    events: ['promotion v1.0.0'],
    deployments: ['churn#staging#1 success'],
  });
  const [event] = (await desk.place.readEvents()).slice(2);
  expect(event).toMatchObject({ actor: 'ada', requestedBy: 'ada', reason: 'Better', run: null });
  expect(await promote('churn@v1.0.0', 'staging')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('is in staging already'),
  });
});

test('a refusal is an answer with every reason and what to do, and nothing is written', async () => {
  const { code, stdout } = await promote('churn@v1.0.0', 'audited');
  expect(code).toBe(1);
  expect(stdout).toContain('Refused: churn@v1.0.0 does not come into audited\n');
  expect(stdout).toContain('- churn@v1.0.0 has never been in staging, and audited takes versions from there only\n');
  expect(stdout).toContain('modelgate promote churn@v1.0.0 staging');
  expect(stdout).toContain('- audited needs `review`, and it is not there in the verdict of churn@v1.0.0\n');
  expect(stdout).toContain('- audited needs 2 approvals more');
  expect(desk.writes(since)).toEqual([]);
});

test('where an approval is missing, it says how that is given', async () => {
  const { code, stdout } = await promote('churn@v1.0.0', 'reviewed');
  expect(code).toBe(1);
  expect(stdout).toContain('from somebody who may write and not from ada');
  expect(stdout).toContain('Start the workflow model-promote');
  expect(stdout).toContain('/approve');
});

test('no variable of a laptop lends it the approval of a run', async () => {
  const environment = { GITHUB_RUN_ID: '1', GITHUB_ACTOR: 'bo' };
  const { code } = await desk.run(['promote', 'churn@v1.0.0', 'staging'], desk.token(), environment);
  expect(code).toBe(0);
  expect((await desk.place.readEvents()).at(-1)).toMatchObject({ actor: 'ada', run: null });
});

test('--dry-run decides and verifies, and writes nothing', async () => {
  const { code, stdout } = await promote('churn@v1.0.0', 'staging', '--dry-run');
  expect([code, stdout]).toEqual([
    0,
    'churn@v1.0.0 may come into staging, where nothing is now. Nothing was written (--dry-run).\n',
  ]);
  expect(desk.writes(since)).toEqual([]);
  expect(await promote('churn@v1.0.0', 'audited', '--dry-run')).toMatchObject({ code: 1 });
});

test('--json prints what came of it, and nothing else', async () => {
  const refused = await promote('churn@v1.0.0', 'audited', '--json');
  expect(refused.code).toBe(1);
  const grounds = JSON.parse(refused.stdout).refusals.map(({ ground }: { ground: string }) => ground);
  expect(grounds).toEqual(['transition', 'controls', 'approval']);
  const { code, stdout } = await promote('churn@v1.0.0', 'staging', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    state: 'promoted',
    event: { tag: 'churn#staging#1', sequence: 3, version: 'v1.0.0' },
    finished: { placings: [{ dispatched: true }], left: [] },
  });
});

test('all mistakes are told at once, and nobody is asked', async () => {
  const { code, stderr } = await desk.run(['promote', 'churn@latest', 'staging', '--reason', 'x'.repeat(5000)], '');
  expect(code).toBe(2);
  expect(stderr).toContain('`churn@latest` can be another version tomorrow');
  expect(stderr).toContain('the reason has 5000 characters');
  expect(stderr).toContain('there is no token');
  expect(stderr).toContain('contents, deployments and issues');
  expect(desk.place.github.requests.length).toBe(since);
});

describe('the stages are those of the default branch', () => {
  test('whatever the modelgate.yml that is here allows', async () => {
    await desk.edit(writeConfig('  - audited\n'));
    const { code, stdout, stderr } = await promote('churn@v1.0.0', 'audited');
    expect(code).toBe(1);
    expect(stdout).toContain('has never been in staging');
    expect(stderr).toContain('modelgate.yml here differs from the one of the branch main, and that one counts');
    expect(desk.writes(since)).toEqual([]);
  });

  test('and it need not be here, nor be right', async () => {
    await desk.remove();
    expect(await promote('churn@v1.0.0', 'staging', '--dry-run')).toMatchObject({ code: 0 });
    await desk.edit('stages: [');
    expect(await promote('churn@v1.0.0', 'staging', '--dry-run')).toMatchObject({ code: 0 });
  });

  test.each([
    ['nothing', null, 'modelgate.yml: the branch main of octo/zoo has no such file'],
    ['another model', writeConfig('  - staging\n', 'fraud'), 'this is of the model fraud, and churn was asked for'],
    ['a mistake', writeConfig('  - 7\n'), 'on the branch main: '],
  ])('where %s was merged, that is a mistake', async (_, text, words) => {
    await desk.merge(text);
    const { code, stderr } = await promote('churn@v1.0.0', 'staging');
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(desk.writes(since)).toEqual([]);
  });
});

test.each([
  ['the event is written', 'git/update-ref'],
  ['the tag is made', 'git/create-ref'],
  ['the deploy workflow is told', 'repos/create-dispatch-event'],
])('ended by Ctrl-C while %s, it goes on when it is run again', async (_, operation) => {
  const { faults } = desk.place.github;
  const held = faults.add({ kind: 'delay', operation });
  const running = promote('churn@v1.0.0', 'staging');
  await Promise.race([held.reached, running]);
  process.emit('SIGINT');
  const ended = await running;
  expect(ended.code).not.toBe(0);
  expect(ended.stderr).not.toContain('bug');
  faults.clear();
  const { code, stderr } = await promote('churn@v1.0.0', 'staging');
  expect(code, stderr).toBe(0);
  expect(await desk.see()).toMatchObject({ events: ['promotion v1.0.0'], deployments: ['churn#staging#1 success'] });
});
