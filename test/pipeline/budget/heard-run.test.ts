import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runPlan } from '../../../src/cli/commands/plan.ts';
import { runReport } from '../../../src/cli/commands/report.ts';
import { runStages } from '../../../src/cli/commands/run.ts';
import { runSelfTest } from '../../../src/cli/commands/self-test.ts';
import { readEvidence } from '../../../src/evidence/files.ts';
import type { Plan } from '../../../src/report/terminal/plan-facts.ts';
import { openFolder } from '../../slow/rows.ts';

const writeGates = (whenSpent: string) => `  rules: [{ id: good, metric: accuracy, min: 0.5 }]
  budget: { id: test-2026, verdicts: 20, adaptivity: none, when-spent: ${whenSpent} }
`;
/** An accuracy of 0.875. */
const ROWS = { n: 40, wrong: (row: number) => row % 8 === 0 };
const NUMBER = /87\.5|0\.875/;

/** A folder and what the command line does in it, where others hear it or on a laptop. */
async function openRoom(whenSpent = 'warn', reveal = 'rows') {
  const room = await openFolder(ROWS, writeGates(whenSpent), `  reveal: ${reveal}\n`);
  const { config, folder } = room;
  const terminal = (actions: string) => ({
    ...room.terminal,
    environment: { ...process.env, GITHUB_ACTIONS: actions },
  });
  return {
    ...room,
    heard: terminal('true'),
    laptop: terminal(''),
    flags: { config, from: 'score' as const },
    read: () => readEvidence(join(folder, '.modelgate')),
  };
}

test('in a workflow a command that scores and does not decide prints no number, since nobody counts it', async () => {
  await using room = await openRoom();
  const { heard, laptop, flags, takePrinted, read } = room;
  for (const json of [false, true]) {
    expect(await runStages(heard, { ...flags, to: 'score', json })).toBe(0);
    expect(takePrinted()).not.toMatch(NUMBER);
    await runReport(heard, { ...flags, json });
    expect(takePrinted()).not.toMatch(NUMBER);
  }
  const { evaluation } = await read();
  expect(evaluation?.metrics).toMatchObject([{ value: 0.875 }]);

  await expect(runSelfTest(heard, { ...flags, copies: '1' })).rejects.toThrow('nobody would count it');
  await runPlan(heard, { ...flags, json: true });
  const plan = JSON.parse(takePrinted()) as Plan;
  expect(JSON.stringify(plan)).not.toMatch(NUMBER);

  await runStages(laptop, { ...flags, to: 'score' });
  expect(takePrinted()).toMatch(NUMBER);
});

test('one that decides there without a file says that it is not counted, or shows and leaves nothing', async () => {
  await using lenient = await openRoom('warn');
  expect(await runStages(lenient.heard, lenient.flags)).toBe(0);
  expect(lenient.takePrinted().replaceAll(/\s+/g, ' ')).toContain('shown WITHOUT being counted');

  await using strict = await openRoom('cannot-measure');
  await expect(runStages(strict.heard, strict.flags)).rejects.toThrow('this command counts in a file');
  expect(strict.takePrinted()).not.toMatch(NUMBER);
  expect(await strict.read()).toEqual({});
});

test('what it prints and leaves behind honours `reveal: verdict`, as JSON too; a laptop keeps the numbers', async () => {
  await using room = await openRoom('warn', 'verdict');
  const { heard, laptop, flags, takePrinted, read, folder } = room;
  expect(await runStages(heard, { ...flags, json: true, budgetFile: join(folder, 'budget.jsonl') })).toBe(0);
  expect(await runStages(heard, { ...flags, json: true })).toBe(0);
  expect(takePrinted()).not.toMatch(NUMBER);
  expect((await read()).evaluation?.metrics).toEqual([]);

  await runStages(laptop, flags);
  expect((await read()).evaluation?.metrics).toMatchObject([{ value: 0.875 }]);
});

test('while it scores, its log tells nothing of what came of it: not even whether a number is missing', async () => {
  const listen = async (metric: string, actions: 'heard' | 'laptop') => {
    await using room = await openRoom();
    await room.write(
      'labels.csv',
      `id,label,region\n${Array.from({ length: 40 }, (_, row) => `${row},no,x`).join('\n')}\n`,
    );
    const text = await readFile(room.config, 'utf8');
    await room.write('modelgate.yml', text.replace('metrics: [accuracy]', `metrics: [${metric}]`));
    const said: string[] = [];
    const step = {
      update() {},
      done: (words = '') => void said.push(words),
      fail: (words = '') => void said.push(words),
    };
    const progress = { ...room.heard.progress, start: () => step };
    await runStages({ ...room[actions], progress }, { ...room.flags, to: 'score' });
    return said;
  };
  const passed = await listen('accuracy', 'heard');
  expect(await listen('recall', 'heard')).toEqual(passed);
  expect(await listen('recall', 'laptop')).toEqual([expect.stringContaining('`recall` cannot be measured')]);
});
