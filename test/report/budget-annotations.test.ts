import { expect, test } from 'vitest';
import type { BudgetState } from '../../src/evidence/schema/verdict.ts';
import { listAnnotations } from '../../src/report/annotations.ts';
import { createJudged } from '../pipeline/budget/evidence.ts';

const listLevels = (state: Partial<BudgetState>, mode: 'enforce' | 'observe' = 'enforce') =>
  listAnnotations(createJudged('model', state, { verdict: { mode } }))
    .filter(({ title }) => title === 'Test-set budget test-2026')
    .map(({ level }) => level);

test('a budget warns before it is spent, and after; it is an error where it stops the merge', () => {
  expect(listLevels({ state: 'open' })).toEqual([]);
  for (const state of ['nearly-spent', 'spent', 'unknown'] as const) {
    expect(listLevels({ state, whenSpent: 'warn' })).toEqual(['warning']);
    expect(listLevels({ state, whenSpent: 'cannot-measure' })).toEqual([
      state === 'nearly-spent' ? 'warning' : 'error',
    ]);
    expect(listLevels({ state, whenSpent: 'cannot-measure' }, 'observe')).toEqual(['warning']);
  }
});

test('the remark is the sentence of the verdict', () => {
  const [one] = listAnnotations(
    createJudged('model', { state: 'nearly-spent', text: 'verdict 19 of 20, and 1 is left.' }),
  );
  expect(one).toMatchObject({ message: 'verdict 19 of 20, and 1 is left.', place: undefined });
});
