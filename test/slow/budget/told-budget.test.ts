import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runStages } from '../../../src/cli/commands/run.ts';
import { readEvidence } from '../../../src/evidence/files.ts';
import { openFolder } from '../rows.ts';

const ROWS = { n: 400, wrong: (row: number) => row % 10 === 0 };
const write = (verdicts: number, more = 'adaptivity: none', rule = 'min: 0.5') =>
  `  rules: [{ id: good, metric: accuracy, ${rule} }]\n  budget: { id: test-2026, verdicts: ${verdicts}, ${more} }\n`;
type Room = Awaited<ReturnType<typeof openFolder>>;
const open = (gates: string, reveal = 'rows') => openFolder(ROWS, gates, `  reveal: ${reveal}\n`);

/** Scores and decides in one command, counted in a file; everything that anybody reads of it. */
async function decide(room: Room, from: 'score' | 'gate' = 'score') {
  const flags = { config: room.config, from, to: 'gate', budgetFile: join(room.folder, 'budget.jsonl') } as const;
  const code = await runStages(room.terminal, flags);
  const folder = join(room.folder, '.modelgate');
  const report = await readFile(join(folder, 'report.md'), 'utf8');
  const [firstScreen = ''] = report.split('<details>');
  return { code, printed: room.takePrinted(), report, firstScreen, ...(await readEvidence(folder)) };
}

const flatten = (text: string) => text.replaceAll(/[\s>|]+/g, ' ');

test('a count that cannot be read is no secret: log, verdict and report say that this verdict is not counted', async () => {
  for (const reveal of ['rows', 'verdict']) {
    await using room = await open(write(20), reveal);
    await writeFile(join(room.folder, 'budget.jsonl'), 'broken\n');
    const { code, printed, firstScreen, verdict } = await decide(room);
    expect(code).toBe(0);
    expect(verdict?.budget).toMatchObject({ state: 'unknown', counted: false, spent: null });
    for (const text of [printed, firstScreen]) expect(flatten(text)).toContain('shown WITHOUT being counted');
  }
});

test('before the last verdict there is a warning, in what is printed and above the fold of the report', async () => {
  await using room = await open(write(3));
  const { printed, firstScreen, verdict } = await decide(room);
  expect(verdict?.budget).toMatchObject({ state: 'nearly-spent', spent: 1 });
  for (const text of [printed, firstScreen]) expect(flatten(text)).toContain('verdict 1 of 3, and 2 are left');
});

test('each verdict is decided with its part of the error, so that one which passes alone may not pass as one of many', async () => {
  const rule = 'min: 0.87, confidence: 0.95';
  const judge = async (gates: string) => {
    await using room = await open(gates);
    const { verdict } = await decide(room);
    const [one] = verdict?.rules.flatMap(({ cases }) => cases) ?? [];
    return [verdict?.outcome, one?.bounds?.error];
  };
  // 360 of 400 are right. Wilson's lower limit is 0.873 at 95 %, and 0.847 at 1 - 0.05/32.
  expect(await judge(write(32, 'adaptivity: none', rule))).toEqual(['cannot-measure', 0.05 / 32]);
  expect(await judge(write(1, 'adaptivity: none', rule))).toEqual(['pass', 0.05]);
  expect(await judge(write(5, 'adaptivity: full', rule))).toEqual(['cannot-measure', 0.05 / 2 ** 5]);
});

test('who counts in a file leaves the evidence as `reveal` allows, in one command and in two', async () => {
  for (const from of ['score', 'gate'] as const) {
    await using room = await open(write(20), 'verdict');
    if (from === 'gate') await runStages(room.terminal, { config: room.config, from: 'score', to: 'score' });
    const { code, evaluation, verdict, printed, report } = await decide(room, from);
    expect(code).toBe(0);
    expect(evaluation).toMatchObject({ outcome: 'pass', metrics: [], join: null, confusion: null });
    expect(verdict?.rules).toMatchObject([{ id: 'good', outcome: 'pass', cases: [] }]);
    expect(printed + report).not.toContain('0.9');
  }
});

test('on a laptop, where the labels lie, the evidence stays whole', async () => {
  await using room = await open(write(20), 'verdict');
  expect(await room.measure()).toBe(0);
  const { evaluation } = await readEvidence(join(room.folder, '.modelgate'));
  expect(evaluation?.metrics.length).toBeGreaterThan(0);
});
