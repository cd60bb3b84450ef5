import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { readDocument, readEvidence, writeDocument } from '../../../src/evidence/files.ts';
import { openBudgetFile } from '../../../src/pipeline/budget/file-store.ts';
import { countShown } from '../../../src/pipeline/budget/shown.ts';
import type { BudgetStore } from '../../../src/pipeline/budget/store.ts';
import { SILENT } from '../../../src/progress.ts';
import { ACCOUNT, BUDGET, createConfig, createJudged } from './evidence.ts';

let runFolder: string;
beforeEach(async () => {
  runFolder = await mkdtemp(join(tmpdir(), 'modelgate-shown-'));
});
afterEach(() => rm(runFolder, { recursive: true, force: true }));

const place = (whenSpent: 'warn' | 'cannot-measure') => {
  const warnings: string[] = [];
  const project = { config: createConfig({ ...BUDGET, 'when-spent': whenSpent }) } as never;
  return {
    run: { project, runFolder, progress: { ...SILENT, warn: (text: string) => void warnings.push(text) } },
    warnings,
  };
};
const readOnly: BudgetStore = {
  read: async () => [],
  count: async () => {
    throw new UserMistake({ found: 'the token may only read', fix: 'Give the job contents: write.' });
  },
};

test('a verdict is counted before it is shown, and stays as it is', async () => {
  const evidence = createJudged();
  const store = openBudgetFile(join(runFolder, 'budget.jsonl'));
  expect(await countShown(place('warn').run, evidence, async () => store)).toBe(evidence);
  expect(await store.read(ACCOUNT)).toHaveLength(1);
});

test('one that cannot be counted says so, in what is shown and in its document', async () => {
  const evidence = createJudged();
  if (evidence.verdict) await writeDocument(runFolder, evidence.verdict);
  const { run, warnings } = place('warn');
  const shown = await countShown(run, evidence, async () => readOnly);
  expect(shown.verdict?.budget).toMatchObject({ counted: false, spent: null, state: 'unknown' });
  expect(shown.verdict?.outcome).toBe(evidence.verdict?.outcome);
  expect(shown.verdict?.budget?.text).toContain('shown WITHOUT being counted. Give the job contents: write.');
  expect((await readDocument(runFolder, 'verdict'))?.budget).toEqual(shown.verdict?.budget);
  expect(warnings).toEqual([expect.stringContaining('Give the job contents: write.')]);
});

test('and is not shown at all where a verdict that is not counted must not be measured', async () => {
  const evidence = createJudged();
  for (const document of Object.values(evidence)) await writeDocument(runFolder, document);
  const shown = countShown(place('cannot-measure').run, evidence, async () => readOnly);
  await expect(shown).rejects.toThrow('it could not be counted: the token may only read');
  const left = await readEvidence(runFolder);
  expect([left.evaluation, left.verdict]).toEqual([undefined, undefined]);
});

test('a budget that could not be read is warned of, and where it must be counted nothing is shown', async () => {
  const refuse = () => Promise.reject(new Error('nobody asks'));
  const judge = (whenSpent: 'warn' | 'cannot-measure') =>
    createJudged('model', { state: 'unknown', counted: false, spent: null, whenSpent, text: 'nobody can say.' });
  const lenient = place('warn');
  const evidence = judge('warn');
  expect(await countShown(lenient.run, evidence, refuse)).toBe(evidence);
  expect(lenient.warnings).toEqual(['The budget of the test set: nobody can say.']);
  const shown = countShown(place('cannot-measure').run, judge('cannot-measure'), refuse);
  await expect(shown).rejects.toThrow('the verdict: it could not be counted: nobody can say');
});

test('what spends nothing opens nothing', async () => {
  const { run } = place('cannot-measure');
  const refuse = () => Promise.reject(new Error('nobody asks'));
  const outside = createJudged('model', { counted: false });
  expect(await countShown(run, outside, refuse)).toBe(outside);
  const without = { ...run, project: { config: { gates: { rules: [] } } } as never };
  const evidence = createJudged();
  expect(await countShown(without, evidence, refuse)).toBe(evidence);
});
