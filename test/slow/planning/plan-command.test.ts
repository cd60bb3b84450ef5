import { expect, test } from 'vitest';
import { runPlan } from '../../../src/cli/commands/plan.ts';
import { findCounted } from '../../../src/pipeline/budget/counting.ts';
import { openBudgetFile } from '../../../src/pipeline/budget/file-store.ts';
import type { Plan } from '../../../src/report/terminal/plan-facts.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';
import { openFolder } from '../rows.ts';

const EVERY_TENTH = { n: 400, wrong: (row: number) => row % 10 === 0, baselineWrong: (row: number) => row % 8 === 0 };
const GATES = `  rules:
    - { id: good, metric: accuracy, min: 0.8, confidence: 0.95 }
    - { id: no-worse, metric: accuracy, against: { file: baseline.csv }, max-drop: 0.05, confidence: 0.95 }
    - { id: regions, metric: recall, slice: region, min: 0.5 }
`;
const BUDGET = '  budget: { id: test-2026, verdicts: 20, adaptivity: none }\n';

async function plan(room: Awaited<ReturnType<typeof openFolder>>, flags: Record<string, string> = {}) {
  const code = await runPlan(room.terminal, { config: room.config, json: true, ...flags });
  return { code, plan: JSON.parse(room.takePrinted()) as Plan };
}
const findRule = (found: Plan, id: string) => found.rules.find((rule) => rule.id === id);

test('before there is a model, the labels alone tell what rules can see', async () => {
  await using room = await openFolder(EVERY_TENTH, GATES);
  const { code, plan: found } = await plan(room);
  expect(found).toMatchObject({
    model: 'churn',
    rows: 400,
    budget: null,
    classes: [
      { label: 'no', n: 300 },
      { label: 'yes', n: 100 },
    ],
  });
  expect(findRule(found, 'good')).toMatchObject({
    sees: true,
    cases: [{ atHand: { reason: 'no candidate was measured yet' } }],
  });
  // 100 rows are positive, 34 of them in the north.
  expect(findRule(found, 'regions')?.cases.map(({ slice, n }) => [slice, n])).toEqual([
    ['north', 134],
    ['south', 266],
  ]);
  expect([code, findRule(found, 'no-worse')?.sees]).toEqual([1, false]);
});

test('once there is a candidate, its rows and those of its baseline tell', async () => {
  await using room = await openFolder(EVERY_TENTH, GATES);
  await room.measure();
  room.takePrinted();
  const { code, plan: found } = await plan(room);
  const [one] = findRule(found, 'no-worse')?.cases ?? [];
  expect(one?.atHand).toMatchObject({ effect: expect.any(Number), method: expect.any(String) });
  expect(one?.capped?.disagreement).toBeLessThan(0.25);
  expect([code, found.sees]).toEqual([0, true]);
});

test('a line is not seen where not even a perfect model could be sure to keep it', async () => {
  const gates = `  rules: [{ id: good, metric: accuracy, min: 0.8, confidence: 0.95 }]\n${BUDGET.replace('20, adaptivity: none', '200')}`;
  await using room = await openFolder({ n: 40, wrong: (row) => row % 10 === 0 }, gates);
  await room.measure();
  room.takePrinted();
  const { code, plan: found } = await plan(room);
  // 0.8⁴⁰ = 1.3e-4 is far above 0.05 / 2²⁰⁰, although there are limits at that error, too.
  expect([code, findRule(found, 'good')]).toMatchObject([1, { sees: false, cases: [{ worst: { effect: null } }] }]);
  expect(findRule(found, 'good')?.advice[0]).toContain('write `verdicts: 4`');
});

test('for another number of rows, what is seen is another', async () => {
  await using room = await openFolder(EVERY_TENTH, GATES);
  await room.measure();
  room.takePrinted();
  const effectOf = async (rows: string) => {
    const [one] = findRule((await plan(room, { rows })).plan, 'good')?.cases ?? [];
    return one && 'effect' in one.atHand ? (one.atHand.effect ?? Number.NaN) : Number.NaN;
  };
  // Limits narrow with the root of the rows.
  expect((await effectOf('400')) / (await effectOf('40000'))).toBeCloseTo(10, 6);
});

test('the budget is told by what counts it, and by nobody where nothing can', async () => {
  await using room = await openFolder(EVERY_TENTH, GATES + BUDGET);
  expect((await plan(room)).plan.budget).toMatchObject({
    spent: null,
    left: null,
    reason: expect.stringContaining('git'),
  });
  const file = `${room.folder}/budget.jsonl`;
  const verdict = findCounted(createJudged('one', {}, { verdict: { model: 'churn' } }));
  if (!verdict) throw new Error('there is something to count');
  await openBudgetFile(file).count(verdict);
  expect((await plan(room, { budgetFile: file })).plan.budget).toMatchObject({ spent: 1, left: 19 });
});

test('where reports may show the verdict only, no class, slice or number of the candidate is told', async () => {
  await using room = await openFolder(EVERY_TENTH, GATES, '  reveal: verdict\n');
  await room.measure();
  room.takePrinted();
  const laptop = { ...room.terminal, environment: { ...process.env, GITHUB_ACTIONS: '' } };
  const { plan: found } = await plan({ ...room, terminal: laptop });
  expect(found.classes).toEqual([]);
  expect(findRule(found, 'regions')?.cases).toEqual([]);
  expect(findRule(found, 'good')?.cases[0]?.atHand).toEqual({ reason: '`reveal: verdict` withholds the numbers' });
});

test('is printed as a table, and names what to write instead', async () => {
  await using room = await openFolder(EVERY_TENTH, GATES + BUDGET.replace('20, adaptivity: none', '200'));
  expect(await runPlan(room.terminal, { config: room.config })).toBe(1);
  const text = room.takePrinted();
  expect(text).toMatch(/^churn: 400 rows in labels\.csv \(no 75\.0%, yes 25\.0%\)\./);
  expect(text).toContain('Budget test-2026: 200 verdicts, adaptivity full; nobody can say how many are left');
  expect(text).toContain('leaves each limit an error of 3.1e−62');
  // 0.8⁶³⁵ is the first power under 0.05 / 2²⁰⁰.
  expect(text).toMatch(/^good +min 0\.8 +400 +nothing +– +≥ 635 +no$/m);
  expect(text).toContain('What is seen today is not known, as no candidate was measured yet: good, regions.');
  expect(text).toMatch(
    /good: divided among 200 verdicts \(adaptivity full\), its error is too small for these rows: write `verdicts: \d+`/,
  );
  expect(text).toContain('Not every rule can see what it asks for.');
});

test.each(['0', '-3', '1e6', 'many'])('--rows %s is a mistake', async (rows) => {
  await using room = await openFolder({ n: 8, wrong: () => false }, GATES);
  await expect(runPlan(room.terminal, { config: room.config, rows })).rejects.toThrow(`--rows is \`${rows}\``);
});

test('labels that are not there are a mistake, with the reason', async () => {
  await using room = await openFolder({ n: 8, wrong: () => false }, GATES);
  await room.write(
    'modelgate.yml',
    `version: 1
model: churn
task: binary-classification
evaluate:
  predictions: { path: predictions.csv, id: id, prediction: predicted }
  labels: { path: gone.csv, id: id, label: label }
  positive: 'yes'
  metrics: [accuracy]
gates:
  rules: [{ id: good, metric: accuracy, min: 0.8 }]
`,
  );
  await expect(runPlan(room.terminal, { config: room.config })).rejects.toThrow('gone.csv');
  await room.write('gone.csv', 'id,label\n');
  await expect(runPlan(room.terminal, { config: room.config })).rejects.toThrow('`gone.csv` has no rows');
});
