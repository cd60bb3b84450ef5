import { expect, test } from 'vitest';
import { runPlan } from '../../src/cli/commands/plan.ts';
import { runSelfTest } from '../../src/cli/commands/self-test.ts';
import { hearsVerdictOnly } from '../../src/pipeline/audience.ts';
import type { Plan } from '../../src/report/terminal/plan-facts.ts';
import { openFolder } from '../slow/rows.ts';

const GATES = `  rules:
    - { id: good, metric: accuracy, min: 0.8, confidence: 0.95 }
    - { id: found, metric: recall, min: 0.5, confidence: 0.95 }
    - { id: regions, metric: accuracy, slice: region, min: 0.5, confidence: 0.95 }
`;
const ROWS = { n: 400, wrong: (row: number) => row % 10 === 0 };

/** What is printed in a workflow, with more rows of the class that is counted or not. */
async function planInWorkflow(label: (row: number) => string, column = 'label') {
  await using room = await openFolder(ROWS, GATES, '  reveal: verdict\n');
  const rows = Array.from({ length: 400 }, (_, row) => `${row},${label(row)}`);
  await room.write('labels.csv', `id,${column},region\n${rows.join('\n')}\n`);
  const terminal = { ...room.terminal, environment: { ...process.env, GITHUB_ACTIONS: 'true' } };
  const code = await runPlan(terminal, { config: room.config, json: true });
  return { code, plan: JSON.parse(room.takePrinted()) as Plan };
}

test('in a workflow under `reveal: verdict` a plan rests on the number of rows, whatever classes and slices there are', async () => {
  const even = await planInWorkflow((row) => (row % 2 === 0 ? 'yes,north' : 'no,south'));
  const rare = await planInWorkflow((row) => (row < 3 ? 'yes,north' : 'no,south'));
  expect(rare).toEqual(even);
  const [good, found, regions] = even.plan.rules;
  expect(good).toMatchObject({ sees: true, cases: [{ n: 400, worst: { effect: expect.any(Number) } }] });
  const advice = [expect.stringContaining('plan where the labels are')];
  for (const rule of [found, regions]) expect(rule).toMatchObject({ sees: false, advice });
  expect([even.code, even.plan.classes]).toEqual([1, []]);
});

test('in a workflow under `reveal: verdict` labels that cannot be read are named by nothing that they hold', async () => {
  const open = planInWorkflow(() => 'yes,north', 'diagnosis');
  await expect(open).rejects.toThrow('the labels cannot be read, and `reveal: verdict` withholds why');
});

test('in a workflow under `reveal: verdict` there is no self-test', async () => {
  await using room = await openFolder({ n: 8, wrong: () => false }, GATES, '  reveal: verdict\n');
  const run = (actions: string) => {
    const environment = { ...process.env, GITHUB_ACTIONS: actions };
    return runSelfTest({ ...room.terminal, environment }, { config: room.config, copies: '1' });
  };
  await expect(run('true')).rejects.toThrow('the self-test shows more than the verdict');
  await expect(run('')).rejects.toThrow('there is nothing to test');
});

test.each([
  ['verdict', 'true', true],
  ['verdict', '', false],
  ['verdict', undefined, false],
  ['metrics', 'true', false],
] as const)('reveal: %s with GITHUB_ACTIONS %j: %j', (reveal, actions, hears) => {
  const environment = actions === undefined ? {} : { GITHUB_ACTIONS: actions };
  const config = { evaluate: { reveal } } as Parameters<typeof hearsVerdictOnly>[0];
  expect(hearsVerdictOnly(config, environment)).toBe(hears);
});
