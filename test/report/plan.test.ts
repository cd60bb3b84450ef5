import { expect, test } from 'vitest';
import { renderPlan } from '../../src/report/terminal/plan.ts';
import type { Plan, PlannedCase, PlannedRule } from '../../src/report/terminal/plan-facts.ts';

const VIEW = { color: false, width: 200 };
const UNKNOWN = { reason: 'no candidate was measured yet' };
const WORST = { effect: 0.06, rows: 36, method: 'exact-binomial' };

function createRule(id: string, more: Partial<PlannedRule> = {}, one: Partial<PlannedCase> = {}): PlannedRule {
  const cases = [{ condition: 'min 0.9', n: 99, worst: WORST, atHand: UNKNOWN, sees: null, ...one }];
  return { id, text: id, confidence: null, error: null, cases, sees: null, advice: [], ...more };
}

function render(rules: readonly PlannedRule[], more: Partial<Plan> = {}): string {
  const head = { model: 'churn', rows: 99, planned: null, unit: 'row', testSet: 'test.csv', classes: [] } as const;
  return renderPlan({ ...head, budget: null, rules, sees: true, ...more }, VIEW);
}

test('without a candidate a plan says what is not known and why, and that no model needs fewer rows', () => {
  const text = render([createRule('good'), createRule('other')]);
  expect(text).toMatch(/^good +min 0\.9 +99 +0\.06\S* \(exact-binomial\) +– +≥ 36 +–$/m);
  expect(text).toContain('What is seen today is not known, as no candidate was measured yet: good, other.');
});

test('with one, the rows are those that it needs, and nothing is unknown', () => {
  const text = render([createRule('good', {}, { atHand: { effect: 0.05, rows: 40, method: 'wilson' } })]);
  expect(text).toMatch(/0\.05\S* \(wilson\) +40 +–$/m);
  expect(text).not.toContain('not known');
});

test('rules without a confidence are not said to see what they ask for', () => {
  expect(render([createRule('good')])).toMatch(/No rule asks for a confidence, so none can be too blind\.$/);
  const sure = createRule('sure', { confidence: 0.95, error: 0.05, sees: true }, { sees: true });
  expect(render([sure])).toMatch(/Every rule with a confidence can see what it asks for\.$/);
});

test('each confidence is told with the error that the budget leaves it', () => {
  const budget = { id: 'b', verdicts: 20, adaptivity: 'none', spent: 0, left: 20 } as const;
  const rules = [0.95, 0.9, 0.95].map((confidence, at) =>
    createRule(`r${at}`, { confidence, error: confidence === 0.95 ? 0.0025 : 0.005 }),
  );
  expect(render(rules, { budget })).toContain(
    'With it a confidence of 95% leaves each limit an error of 0.0025, one of 90% leaves each limit an error of 0.005.',
  );
});
