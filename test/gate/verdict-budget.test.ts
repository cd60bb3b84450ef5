import { expect, test } from 'vitest';
import type { BudgetState } from '../../src/evidence/schema/verdict.ts';
import { gates, judge } from './runs.ts';

const BUDGET = { id: 'penguins-2026', verdicts: 200 } as const;

function createState(state: BudgetState['state'], spent: number | null): BudgetState {
  return { ...BUDGET, adaptivity: 'full', spent, counted: spent !== null, state, text: 'as it was counted.' };
}

test('a verdict keeps the budget as it was counted, and has none where the file has none', () => {
  expect(judge().budget).toBeNull();
  const budget = createState('open', 3);
  expect(judge({ config: gates({ budget: BUDGET }), budget }).budget).toEqual(budget);
});

test.each(['open', 'nearly-spent', 'spent', 'unknown'] as const)(
  'a budget that is %s only warns unless asked',
  (state) => {
    const decision = judge({ config: gates({ budget: BUDGET }), budget: createState(state, 201) });
    expect(decision).toMatchObject({ outcome: 'pass', blocks: false });
  },
);

const STRICT = gates({ budget: { ...BUDGET, 'when-spent': 'cannot-measure' } });

test.each([
  ['open', 3, 'pass'],
  ['nearly-spent', 200, 'pass'],
  ['spent', 201, 'cannot-measure'],
  ['unknown', null, 'cannot-measure'],
] as const)('when asked, a budget that is %s makes the verdict %s', (state, spent, outcome) => {
  const decision = judge({ config: STRICT, budget: createState(state, spent) });
  expect(decision).toMatchObject({ outcome, blocks: outcome !== 'pass' });
});

test('the verdict says that its budget is spent, or that nobody counted it', () => {
  expect(judge({ config: STRICT, budget: createState('spent', 201) }).reason).toBe(
    'Not measured: the budget penguins-2026, of which all 200 verdicts are spent.',
  );
  for (const budget of [createState('unknown', null), null]) {
    expect(judge({ config: STRICT, budget }).reason).toBe(
      'Not measured: the budget penguins-2026, whose verdicts nobody could count.',
    );
  }
});

test('a spent budget blocks nothing in observe mode', () => {
  const config = gates({ mode: 'observe', budget: { ...BUDGET, 'when-spent': 'cannot-measure' } });
  expect(judge({ config, budget: createState('spent', 201) })).toMatchObject({
    outcome: 'cannot-measure',
    blocks: false,
  });
});
