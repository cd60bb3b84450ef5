import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Desk, writeConfig } from './desk.ts';
import { keepMoment } from './moment.ts';

let desk: Desk;
let restore: () => Promise<void>;
let since: number;
beforeAll(async () => {
  desk = await Desk.open();
  for (const version of ['churn@v1.0.0', 'churn@v2.0.0']) {
    const { code, stderr } = await desk.run(['promote', version, 'production']);
    if (code !== 0) throw new Error(stderr);
  }
  restore = await keepMoment(desk.place);
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(async () => {
  await restore();
  since = desk.place.github.requests.length;
});

const PLACED = ['promotion v1.0.0', 'promotion v2.0.0'];
const WHY = ['--reason', 'It bites'];
const rollBack = (...args: string[]) => desk.run(['rollback', 'churn', 'production', ...args]);

test('a stage goes back, with an incident, and the command says where that is written', async () => {
  const { code, stdout, stderr } = await rollBack(...WHY);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('production is back at churn@v1.0.0: churn#production#3, event 5 of the ledger.\n');
  expect(await desk.see()).toMatchObject({
    events: [...PLACED, 'rollback v1.0.0'],
    deployments: ['churn#production#1 inactive', 'churn#production#2 inactive', 'churn#production#3 success'],
    issues: 1,
  });
});

test('without a reason nothing goes back, and nobody is asked', async () => {
  const { code, stderr } = await rollBack();
  expect([code, stderr]).toEqual([2, expect.stringContaining("'--reason <text>' not specified")]);
  expect(desk.place.github.requests.length).toBe(since);
});

test('all mistakes are told at once, and nobody is asked', async () => {
  const { code, stderr } = await desk.run(['rollback', 'churn', 'production', '--to', 'one', '--reason', ' '], '');
  expect(code).toBe(2);
  expect(stderr).toContain('--to is `one`');
  expect(stderr).toContain('a rollback needs a reason');
  expect(stderr).toContain('there is no token');
  expect(desk.place.github.requests.length).toBe(since);
});

test('--dry-run says where it would go; --json tells it to programs', async () => {
  expect(await rollBack('--dry-run', ...WHY)).toMatchObject({
    code: 0,
    stdout: 'production would go back from churn@v2.0.0 to churn@v1.0.0. Nothing was written (--dry-run).\n',
  });
  const { code, stdout } = await rollBack('--dry-run', '--json', ...WHY);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'allowed', from: 'v2.0.0', release: { version: 'v1.0.0' } });
  expect(desk.writes(since)).toEqual([]);
});

test('a stage that was emptied from modelgate.yml goes back all the same', async () => {
  await desk.merge(writeConfig('  - staging\n'));
  expect(await rollBack(...WHY)).toMatchObject({ code: 0 });
});

describe('the version to go back to', () => {
  const release = () => {
    const found = desk.place.releases.all.find(({ tag }) => tag === 'churn@v1.0.0');
    if (found === undefined) throw new Error('there is no release churn@v1.0.0');
    return found;
  };

  test('does not verify: it is refused, with what is wrong, and nothing changes', async () => {
    const asset = release().assets.find(({ name }) => name.includes('model.bin'));
    const content = asset?.content;
    if (asset === undefined || content === undefined) throw new Error('there is no model');
    asset.content = { ...content, sha256: '0'.repeat(64) };
    const { code, stdout } = await rollBack(...WHY);
    asset.content = content;
    expect(code).toBe(1);
    expect(stdout).toContain('Refused: production of churn does not go back\n- churn@v1.0.0 does not verify: ');
    expect(stdout).toContain('- no other version was healthy in production\n');
    expect(desk.writes(since)).toEqual([]);
    expect(await desk.see()).toMatchObject({ events: PLACED });
  });

  test('was deleted: it is refused, and nothing changes', async () => {
    const { id } = release();
    const { rest } = desk.place.connect().client;
    await rest.repos.deleteRelease({ owner: 'octo', repo: 'zoo', release_id: id });
    since = desk.place.github.requests.length;
    const { code, stdout } = await rollBack(...WHY);
    expect(code).toBe(1);
    expect(stdout).toContain('churn@v1.0.0 does not verify: ');
    expect(desk.writes(since)).toEqual([]);
  });
});
