import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { presentJudged } from '../../../src/actions/pull-request/judged-summary.ts';
import type { Shell } from '../../../src/actions/shell.ts';
import type { BudgetState } from '../../../src/evidence/schema/verdict.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';
import { writeJudged } from '../../pipeline/budget/judged-folder.ts';

/** What the log, the annotations and the summary of the judging job tell of a verdict. */
async function present(state: Partial<BudgetState>, reported = true) {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-summary-'));
  try {
    const index = await writeJudged(folder, { penguins: createJudged('one', state) });
    await writeFile(join(folder, 'penguins/report.md'), 'THE REPORT');
    const told: string[] = [];
    const shell = {
      print: (text: string) => void told.push(text),
      postAnnotations: (all: readonly unknown[]) => void told.push(JSON.stringify(all)),
      postSummary: async (text: string) => void told.push(text),
    } as unknown as Shell;
    const outcome = await presentJudged(shell, folder, index, { reported });
    return { outcome, told: told.join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('the job that judges shows what a model came to', async () => {
  const { told } = await present({ whenSpent: 'warn' });
  expect(told).toContain('THE REPORT');
  expect(told).toContain('The model m');
});

test('where nothing may be shown uncounted, it says only that the report tells', async () => {
  for (const state of ['spent', 'unknown', 'open'] as const) {
    const { told } = await present({ whenSpent: 'cannot-measure', state, counted: state !== 'unknown' });
    expect(told).not.toContain('THE REPORT');
    expect(told).not.toContain('The model m');
    expect(told).not.toContain('Test-set budget');
    expect(told).toContain('counts it against the budget of the test set first');
  }
});

test('where nobody reports, and where nothing is to be counted, it shows it itself', async () => {
  expect((await present({ whenSpent: 'cannot-measure' }, false)).told).toContain('THE REPORT');
  expect((await present({ whenSpent: 'cannot-measure', counted: false })).told).toContain('THE REPORT');
});
