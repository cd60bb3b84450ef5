import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerDraft, LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import { git } from '../../../src/github/git.ts';
import { isPlacing } from '../../../src/registry/ledger/queries.ts';
import { openBranch } from '../../registry/ledger/branch.ts';
import { makeClone, runCommand, tagEvent } from '../../registry/ledger/clone.ts';
import { draftHealth, draftPromotion, draftRelease, draftRollback } from '../../registry/ledger/drafts.ts';

const DRAFTS: readonly (readonly [day: string, draft: LedgerDraft])[] = [
  ['2026-01-05T10:00:00Z', draftRelease('churn', 'v1.0.0')],
  ['2026-01-20T10:00:00Z', draftPromotion('churn', 'production', 1, 'v1.0.0')],
  ['2026-02-03T10:00:00Z', draftRelease('churn', 'v1.1.0')],
  ['2026-02-10T10:00:00Z', draftPromotion('churn', 'staging', 1, 'v1.1.0')],
  [
    '2026-03-01T18:30:00Z',
    draftPromotion('churn', 'production', 2, 'v1.1.0', { from: 'v1.0.0', reason: 'B\u001b[31me\u202ett\ner' }),
  ],
  ['2026-03-02T09:00:00Z', draftHealth('churn', 'production', 'v1.1.0', false, '1')],
  ['2026-03-02T10:00:00Z', draftRollback('churn', 'production', 3, 'v1.0.0', 'v1.1.0')],
  ['2026-03-04T10:00:00Z', draftRelease('penguins', 'v0.1.0-rc.1')],
];

let room: Awaited<ReturnType<typeof openBranch>>;
let clone: Awaited<ReturnType<typeof makeClone>>;
const events: LedgerEvent[] = [];
beforeAll(async () => {
  room = await openBranch();
  for (const [day, append] of DRAFTS) {
    const written = await room.open({ now: () => new Date(day) }).append(() => ({ append }));
    if ('event' in written) events.push(written.event);
  }
  for (const event of events.filter(isPlacing)) await tagEvent(room.repository, event);
  clone = await makeClone(room.repository);
});
afterAll(async () => {
  await clone[Symbol.asyncDispose]();
  await room[Symbol.asyncDispose]();
});

const inClone = (...args: string[]) => runCommand([...args, '--config', clone.folder]);
const readJson = async (...args: string[]) => JSON.parse((await inClone(...args, '--json')).stdout);

describe('history', () => {
  test('shows what happened, newest first, in a clone without any token', async () => {
    const { code, stdout } = await inClone('history', 'churn');
    expect(code).toBe(0);
    const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/).slice(0, 6).join('|'));
    expect(rows).toEqual([
      'Event|When (UTC)|Model|What|Version|Stage',
      '7|2026-03-02 10:00|churn|rollback|v1.0.0|production',
      '6|2026-03-02 09:00|churn|unhealthy|v1.1.0|production',
      '5|2026-03-01 18:30|churn|promotion|v1.1.0|production',
      '4|2026-02-10 10:00|churn|promotion|v1.1.0|staging',
      '3|2026-02-03 10:00|churn|release|v1.1.0|ada',
      '2|2026-01-20 10:00|churn|promotion|v1.0.0|production',
      '1|2026-01-05 10:00|churn|release|v1.0.0|ada',
      '',
    ]);
  });

  test('tells what was live on a day, which means its end in UTC', async () => {
    const live = async (at: string) =>
      (await readJson('history', '--stage', 'production', '--at', at)).live.map(
        ({ version }: PlacedVersion) => version,
      );
    expect(await live('2026-01-19')).toEqual([]);
    expect(await live('2026-01-20')).toEqual(['v1.0.0']);
    expect(await live('2026-03-01')).toEqual(['v1.1.0']);
    expect(await live('2026-03-01T18:29Z')).toEqual(['v1.0.0']);
    expect(await live('2026-03-01T19:30:00+01:00')).toEqual(['v1.1.0']);
    expect(await live('2026-03-02')).toEqual(['v1.0.0']);
    const { stdout } = await inClone('history', '--stage', 'production', '--at', '2026-03-01');
    expect(stdout).toMatch(
      /^churn v1\.1\.0 was in production at 2026-03-01 23:59 UTC \(since 2026-03-01 18:30 UTC, by ada\)\./,
    );
    expect(stdout).not.toContain('2026-03-02');
  });

  test('shows as many as are asked for, and counts the rest', async () => {
    const { stdout } = await inClone('history', '--limit', '2');
    expect(stdout).toContain('6 older events are not shown');
    expect((await readJson('history', '--limit', '2')).events.map(({ sequence }: LedgerEvent) => sequence)).toEqual([
      8, 7,
    ]);
    expect((await readJson('history')).events).toEqual(events.toReversed());
  });

  test('what somebody wrote as a reason cannot move the cursor, and stays in its cell', async () => {
    const { stdout } = await inClone('history', 'churn');
    expect(stdout).toContain('B\uFFFD[31me\uFFFDtt er');
  });

  test.each([
    [['history', 'chrun'], 'Did you mean `churn`?'],
    [['history', '--stage', 'prodution'], 'Did you mean `production`?'],
    [['stages', 'pengins'], 'Did you mean `penguins`?'],
    [['history', '--at', '2026-02-30'], '--at is `2026-02-30`'],
    [['stages', '--at', 'yesterday'], 'Write a day (2026-03-01, its end in UTC)'],
    [['history', '--limit', '0'], '--limit is `0`'],
  ])('%j is a mistake, and says what is right', async (args, words) => {
    const { code, stderr } = await inClone(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});

interface PlacedVersion {
  readonly version: string;
}

describe('stages', () => {
  test('what is live now is what git alone says: the stage tag with the highest counter', async () => {
    const { stages } = await readJson('stages');
    const args = ['tag', '--list', '--sort=-version:refname', '--format=%(refname:short) %(contents:subject)'];
    for (const stage of ['production', 'staging']) {
      const [newest] = (await git(clone.folder, [...args, `churn#${stage}#*`])).split('\n');
      const placed = stages.find((one: { stage: string }) => one.stage === stage);
      expect(`${placed.tag} ${placed.model} ${placed.version} in ${placed.stage}`).toBe(newest);
    }
    expect(stages.map(({ tag }: { tag: string }) => tag)).toEqual(['churn#production#3', 'churn#staging#1']);
  });

  test('shows a table, now and at an instant', async () => {
    expect((await inClone('stages')).stdout).toMatch(/^Model\s+Stage\s+Version[^\n]*\nchurn\s+production\s+v1\.0\.0/);
    const { stdout } = await inClone('stages', 'churn', '--at', '2026-03-01');
    expect(stdout).toMatch(/^In the stages at 2026-03-01 23:59 UTC:\n[^\n]*\nchurn\s+production\s+v1\.1\.0/);
    expect((await inClone('stages', 'penguins')).stdout).toBe('Nothing was put into a stage yet.\n');
  });
});

test('with --repository, GitHub is asked instead of git, and says the same', async () => {
  const token = room.github.createToken({
    repository: room.repository,
    permissions: { contents: 'read' },
    expiresAt: new Date('2100-01-01'),
  });
  const environment = { GITHUB_TOKEN: token, GITHUB_API_URL: room.github.apiUrl };
  const before = room.github.requests.length;
  const asked = await runCommand(
    ['history', '--json', '--repository', 'octo/zoo', '--config', clone.folder],
    environment,
  );
  expect(asked.stderr).toBe('');
  expect(JSON.parse(asked.stdout)).toEqual(await readJson('history'));
  expect(room.asked(before).slice(0, 4)).toEqual([
    'repos/get',
    'git/get-ref',
    'repos/download-tarball-archive',
    'results-blob',
  ]);
});

test('the tables fit into a narrow terminal by leaving columns out', async () => {
  const { renderHistory } = await import('../../../src/report/terminal/ledger-history.ts');
  const view = { color: false, at: undefined, live: undefined, stage: undefined, left: 0 };
  const narrow = renderHistory(events, { ...view, width: 70 });
  expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70);
  expect(narrow).not.toContain('Why');
});
