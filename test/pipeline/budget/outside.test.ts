import { expect, test } from 'vitest';
import { countOutside } from '../../../src/pipeline/budget/outside.ts';
import { describeOutside } from '../../../src/pipeline/budget/state.ts';
import type { BudgetStore, CountedVerdict } from '../../../src/pipeline/budget/store.ts';
import { BUDGET, createConfig, createJudged } from './evidence.ts';

/** `before`: how many others were counted. */
function openMemory(before = 0) {
  const all: CountedVerdict[] = [];
  const list = () => [...Array.from({ length: before }, (_, at) => `other ${at}`), ...new Set(all.map(({ id }) => id))];
  const count: BudgetStore['count'] = async (verdict) => {
    all.push(verdict);
    return list();
  };
  return { store: { read: async () => list(), count }, all };
}
const STRICT = { ...BUDGET, 'when-spent': 'cannot-measure' } as const;
const laptop = createJudged('model', {}, { verdict: { budget: describeOutside(BUDGET) } });

test('a laptop’s verdict is counted where others are about to see it, once', async () => {
  const { store, all } = openMemory();
  expect(await countOutside(createConfig(), laptop, store)).toEqual({ state: 'counted' });
  expect(await countOutside(createConfig(), laptop, store)).toEqual({ state: 'counted' });
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(all[0]).toMatchObject({ budget: BUDGET.id, outcome: 'pass' });
});

test('beyond the allowance it is refused where nothing may be measured then, and counted where that is a warning', async () => {
  const strict = openMemory(20);
  expect(await countOutside(createConfig(STRICT), laptop, strict.store)).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('the budget test-2026 is spent'),
  });
  expect(strict.all).toEqual([]);
  const lenient = openMemory(20);
  expect(await countOutside(createConfig(), laptop, lenient.store)).toEqual({ state: 'counted' });
  expect(lenient.all).toHaveLength(1);
});

test('one that was counted where it was made, or that no budget waits for, is not counted again', async () => {
  const { store, all } = openMemory();
  const withoutBudget = createJudged('model', {}, { verdict: { budget: null } });
  for (const evidence of [createJudged(), withoutBudget]) await countOutside(createConfig(), evidence, store);
  expect(all).toEqual([]);
});
