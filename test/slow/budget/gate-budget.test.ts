import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDocument } from '../../../src/evidence/files.ts';
import { openFolder } from '../rows.ts';

const ROWS = { n: 40, wrong: (row: number) => row % 10 === 0 };
const writeGates = (verdicts: number, whenSpent: string) => `  rules: [{ id: good, metric: accuracy, min: 0.5 }]
  budget: { id: test-2026, verdicts: ${verdicts}, adaptivity: none, when-spent: ${whenSpent} }
`;
const open = (verdicts = 20, whenSpent = 'warn') => openFolder(ROWS, writeGates(verdicts, whenSpent));
type Room = Awaited<ReturnType<typeof openFolder>>;

/** Scores and decides, counted in a file. */
async function decide(room: Room, budgetFile: string | undefined = join(room.folder, 'budget.jsonl')) {
  const code = await room.measure(budgetFile === undefined ? {} : { budgetFile });
  const verdict = await readDocument(join(room.folder, '.modelgate'), 'verdict');
  return { code, verdict, printed: room.takePrinted(), budget: verdict?.budget };
}

/** Another model: it is wrong on another row. */
async function change(room: Room, row: number) {
  const path = join(room.folder, 'predictions.csv');
  const lines = (await readFile(path, 'utf8')).split('\n');
  const line = lines[row + 1] ?? '';
  await writeFile(
    path,
    lines.with(row + 1, line.endsWith('yes') ? line.replace('yes', 'no') : line.replace('no', 'yes')).join('\n'),
  );
}

test('a laptop is outside of the budget, says so, and counts nothing', async () => {
  await using room = await open(1, 'cannot-measure');
  const code = await room.measure();
  const verdict = await readDocument(join(room.folder, '.modelgate'), 'verdict');
  expect(code).toBe(0);
  expect(verdict?.budget).toMatchObject({ counted: false, spent: null, state: 'open' });
  expect(room.takePrinted().replaceAll(/\s+/g, ' ')).toContain('this run is outside of it');
});

test('a trusted job without a ledger counts in a file, each verdict once', async () => {
  await using room = await open();
  expect((await decide(room)).budget).toMatchObject({ counted: true, spent: 1, state: 'open' });
  expect((await decide(room)).budget).toMatchObject({ spent: 1, text: expect.stringContaining('counted before') });
  await change(room, 3);
  const second = await decide(room);
  expect(second.budget).toMatchObject({ spent: 2 });
  expect(second.printed.replaceAll(/\s+/g, ' ')).toContain('verdict 2 of 20, and 18 are left');
  await room.write('modelgate.yml', (await readFile(room.config, 'utf8')).replace('min: 0.5', 'min: 0.6'));
  expect((await decide(room)).budget).toMatchObject({ spent: 3 });
});

test('beyond the allowance nothing can be measured where the file says so; a verdict that was counted stays', async () => {
  await using room = await open(1, 'cannot-measure');
  expect(await decide(room)).toMatchObject({ code: 0, budget: { state: 'nearly-spent' } });
  await change(room, 3);
  const second = await decide(room);
  expect(second).toMatchObject({
    code: 1,
    verdict: { outcome: 'cannot-measure', blocks: true },
    budget: { state: 'spent' },
  });
  expect(second.verdict?.reason).toContain('test-2026');
  await change(room, 3);
  expect(await decide(room)).toMatchObject({ code: 0, verdict: { outcome: 'pass' } });
});

test('a warning is enough where the file does not say otherwise', async () => {
  await using room = await open(1, 'warn');
  await decide(room);
  await change(room, 3);
  expect(await decide(room)).toMatchObject({
    code: 0,
    verdict: { outcome: 'pass' },
    budget: { state: 'spent', spent: 2 },
  });
});

test('a count that cannot be read is not taken for none', async () => {
  await using lenient = await open(20, 'warn');
  await lenient.write('budget.jsonl', 'broken\n');
  expect(await decide(lenient)).toMatchObject({ code: 0, budget: { state: 'unknown', counted: false, spent: null } });
  await using strict = await open(20, 'cannot-measure');
  await strict.write('budget.jsonl', 'broken\n');
  await expect(decide(strict)).rejects.toThrow('the verdict: it could not be counted');
});
