import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runSelfTest } from '../../../src/cli/commands/self-test.ts';
import type { SelfTest } from '../../../src/report/terminal/self-test-facts.ts';
import { openFolder, type Rows } from '../rows.ts';

/** 40 of 400 rows are wrong: an accuracy of 0.9 with a standard error of 0.015. */
const ROWS: Rows = { n: 400, wrong: (row) => row % 10 === 0, baselineWrong: (row) => row % 10 < 1 && row % 20 === 0 };
const GATES = `  rules:
    - { id: far, metric: accuracy, min: 0.8 }
    - { id: on-the-line, metric: accuracy, min: 0.9 }
    - { id: sure, metric: accuracy, min: 0.9, confidence: 0.95 }
    - { id: no-worse, metric: accuracy, against: { file: baseline.csv }, max-drop: 0.1 }
    - { id: better, metric: accuracy, against: { file: baseline.csv }, min-gain: 0.01 }
    - { id: gone, metric: accuracy, against: { run: earlier }, max-drop: 0.1 }
`;

const LAPTOP = { ...process.env, GITHUB_ACTIONS: '' };

type Room = Awaited<ReturnType<typeof openFolder>>;

async function testRules(room: Room, flags: Record<string, string> = {}) {
  const code = await runSelfTest(room.terminal, { config: room.config, json: true, copies: '100', ...flags });
  const text = room.takePrinted();
  return { code, text, found: JSON.parse(text) as SelfTest };
}
const findRule = ({ rules }: SelfTest, id: string) => rules.find((rule) => rule.id === id);

async function openMeasured(rows: Rows, gates: string, evaluate = ''): Promise<Room> {
  const room = await openFolder(rows, gates, evaluate);
  await room.measure();
  room.takePrinted();
  return room;
}

describe('the self-test of rules', () => {
  test('tells which decide by chance, and which do not', async () => {
    await using room = await openMeasured(ROWS, GATES);
    const { code, found } = await testRules(room);
    expect(found).toMatchObject({ model: 'churn', copies: 100, seed: 1, unit: 'row', n: 400, noisy: true });
    expect(findRule(found, 'far')).toMatchObject({ itself: null, now: 'pass', flipped: 0, noisy: false });
    const onTheLine = findRule(found, 'on-the-line');
    expect(onTheLine).toMatchObject({ now: 'pass', noisy: true });
    // The accuracy of a copy lies on either side of its own with nearly even chance.
    expect(onTheLine?.reversed).toBeGreaterThan(0.3);
    expect(onTheLine?.reversed).toBeLessThan(0.6);
    // With a confidence what lies on the line cannot be told, and is seldom called sure by chance.
    expect(findRule(found, 'sure')).toMatchObject({ now: 'cannot-measure', reversed: 0 });
    expect(findRule(found, 'sure')?.flipped).toBeLessThan(0.25);
    expect(code).toBe(1);
  });

  test('compares the candidate with itself: nothing fails but who asks for a gain', async () => {
    await using room = await openMeasured(ROWS, GATES);
    const { found } = await testRules(room, { copies: '1' });
    expect(findRule(found, 'no-worse')).toMatchObject({ itself: 'pass' });
    expect(findRule(found, 'gone')).toMatchObject({ itself: 'pass', copies: null, flipped: null, noisy: false });
    expect(findRule(found, 'gone')?.reason).toMatch(/^run:earlier: /);
    expect(findRule(found, 'better')).toMatchObject({ itself: 'fail', noisy: false });
  });

  test('tells the same for the same seed, another for another, and writes nothing', async () => {
    await using room = await openMeasured(ROWS, GATES);
    const list = async () => (await readdir(join(room.folder), { recursive: true })).sort();
    const before = await list();
    const [one, again, other] = [await testRules(room), await testRules(room), await testRules(room, { seed: '2' })];
    expect(again.text).toBe(one.text);
    expect(other.text).not.toBe(one.text);
    expect(await list()).toEqual(before);
  });

  test('draws clusters where rows hang together', async () => {
    const gates = GATES.split('\n').slice(0, 3).join('\n');
    await using room = await openFolder(ROWS, `${gates}\n`);
    const labels = [
      'id,label,household',
      ...Array.from({ length: 400 }, (_, row) => `${row},${row % 4 === 0 ? 'yes' : 'no'},h${row % 40}`),
    ];
    await room.write('labels.csv', `${labels.join('\n')}\n`);
    const config = (await import('node:fs/promises')).readFile(room.config, 'utf8');
    await room.write('modelgate.yml', (await config).replace('label: label }', 'label: label, cluster: household }'));
    await room.measure();
    room.takePrinted();
    const { found } = await testRules(room);
    expect(found).toMatchObject({ unit: 'cluster', n: 40 });
    // Whole households are wrong, so that far fewer independent units make a number noisier.
    expect(findRule(found, 'far')?.copies?.fail).toBeGreaterThan(0);
  });

  test('says no more than noisy or not where reports may show the verdict only', async () => {
    await using room = await openMeasured(ROWS, GATES, '  reveal: verdict\n');
    const { found } = await testRules({ ...room, terminal: { ...room.terminal, environment: LAPTOP } });
    expect(findRule(found, 'on-the-line')).toMatchObject({ copies: null, flipped: null, reversed: null, noisy: true });
  });

  test('is printed as a table', async () => {
    await using room = await openMeasured(ROWS, GATES);
    await runSelfTest(room.terminal, { config: room.config, copies: '20' });
    const text = room.takePrinted();
    expect(text).toContain('churn: 20 copies of the test set, each 400 rows drawn with replacement (seed 1).');
    expect(text).toMatch(/^far +– +pass +20 +0 +0 +0% +0% +no$/m);
    expect(text).toMatch(/Too noisy for this test set: on-the-line/);
  });
});

test('without a candidate that was measured there is nothing to test', async () => {
  await using room = await openFolder(ROWS, GATES);
  await expect(runSelfTest(room.terminal, { config: room.config })).rejects.toThrow('there is nothing to test');
});

test.each([
  ['--copies', { copies: '0' }],
  ['--copies', { copies: '10001' }],
  ['--seed', { seed: '-1' }],
])('%s %o is a mistake', async (flag, flags) => {
  await using room = await openFolder({ n: 8, wrong: () => false }, GATES);
  await expect(runSelfTest(room.terminal, { config: room.config, ...flags })).rejects.toThrow(flag);
});
