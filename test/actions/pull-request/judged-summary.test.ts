import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { presentJudged } from '../../../src/actions/pull-request/judged-summary.ts';
import type { Shell } from '../../../src/actions/shell.ts';
import type { BudgetState } from '../../../src/evidence/schema/verdict.ts';
import type { JudgedEntry } from '../../../src/pipeline/pull-request/judged-index.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';
import { writeJudged } from '../../pipeline/budget/judged-folder.ts';

const FAILED: Partial<JudgedEntry> = { outcome: 'fail', blocks: true, reason: 'It is worse.' };

/** What the log, the annotations and the summary of the judging job tell of a verdict, and how the job ends. */
async function present(state: Partial<BudgetState>, { reported = true, entry = {} as Partial<JudgedEntry> } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-summary-'));
  try {
    const { outcome = 'pass', blocks = false, reason = 'It passes.' } = entry;
    const written = await writeJudged(folder, {
      penguins: createJudged('one', state, { verdict: { outcome, blocks, reason } }),
    });
    const index = { ...written, models: written.models.map((one) => ({ ...one, ...entry })) };
    await writeFile(join(folder, 'penguins/report.md'), 'THE REPORT');
    const told: string[] = [];
    const shell = {
      print: (text: string) => void told.push(text),
      postAnnotations: (all: readonly unknown[]) => void told.push(JSON.stringify(all)),
      postSummary: async (text: string) => void told.push(text),
    } as unknown as Shell;
    return { ...(await presentJudged(shell, folder, index, { reported })), told: told.join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('where there is nothing to count, the job that judges shows what a model came to', async () => {
  for (const reported of [true, false]) {
    const { told, ...end } = await present({ counted: false }, { reported, entry: FAILED });
    expect(end).toEqual({ outcome: 'fail', blocks: true, countedLater: false });
    expect(told).toContain('THE REPORT');
    expect(told).toContain('It is worse.');
  }
});

test('with a budget, what the job shows and how it ends is the same whatever the verdict is', async () => {
  for (const whenSpent of ['warn', 'cannot-measure'] as const)
    for (const state of ['open', 'nearly-spent', 'spent', 'unknown'] as const) {
      const budget = { whenSpent, state, counted: state !== 'unknown' };
      const passed = await present(budget);
      expect(passed).toEqual(await present(budget, { entry: FAILED }));
      expect(passed).toMatchObject({ outcome: 'cannot-measure', blocks: false });
      expect(passed.told).not.toContain('THE REPORT');
      expect(passed.told).not.toContain('Test-set budget');
      expect(passed.told).toContain('once model-report.yml has counted it against the budget of the test set');
    }
});

test('a model that is left to the job that counts stops nothing, and is no fault', async () => {
  const entry = { outcome: 'cannot-measure', blocks: false, refused: true } as const;
  const { told, ...end } = await present({}, { entry });
  expect(end).toEqual({ outcome: 'cannot-measure', blocks: false, countedLater: true });
  expect(told).not.toContain('cannot be judged');
  const refused = await present({}, { entry: { ...entry, blocks: true, reason: 'it is broken' } });
  expect(refused).toMatchObject({ blocks: true, told: expect.stringContaining('cannot be judged') });
});

test('where nobody reports, it shows the verdict itself', async () => {
  const { told, ...end } = await present({ whenSpent: 'cannot-measure' }, { reported: false, entry: FAILED });
  expect(end).toEqual({ outcome: 'fail', blocks: true, countedLater: false });
  expect(told).toContain('THE REPORT');
});
