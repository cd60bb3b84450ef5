import { describe, expect, test } from 'vitest';
import type { Config, Rule } from '../../../src/config/schema/modelgate.ts';
import type { Budget } from '../../../src/pipeline/budget/state.ts';
import { type PlanFacts, planRules } from '../../../src/pipeline/planning/plan.ts';
import type { RowFacts } from '../../../src/pipeline/planning/units.ts';

const rowsOf = (n: number, positives: Readonly<Record<string, number>> = {}): RowFacts => ({
  n,
  positives: new Map(Object.entries(positives)),
});

function plan(
  rule: Omit<Rule, 'id'>,
  more: Partial<PlanFacts> & { readonly budget?: Budget; readonly n?: number } = {},
) {
  const { budget, n = 1000, ...rest } = more;
  const config = {
    model: 'churn',
    task: 'binary-classification',
    evaluate: { labels: { path: 'labels.csv', id: 'id', label: 'label' }, metrics: ['accuracy'], positive: 'yes' },
    gates: { rules: [{ id: 'rule', ...rule }], ...(budget && { budget }) },
  } as unknown as Config;
  const parts = new Map([
    ['', new Map([['', rowsOf(n, { yes: n / 10 })]])],
    [
      'region',
      new Map([
        ['north', rowsOf(n - 30)],
        ['south', rowsOf(20)],
        ['west', rowsOf(10)],
      ]),
    ],
  ]);
  const nothing = { reason: 'no candidate was measured yet' };
  const measurements = { candidate: nothing, pairs: new Map() };
  const [planned] = planRules({ config, labels: { parts, classes: [] }, measurements, comparisons: [], ...rest });
  if (!planned) throw new Error('there is a rule');
  return planned;
}

const DROP = { metric: 'accuracy', against: 'production', confidence: 0.95 } as const;
const compared = (disagreements: number) => ({ comparisons: [{ baseline: 'production', rows: 1000, disagreements }] });

describe('what a rule can see', () => {
  test('is told by the worst case while nothing was measured, and by the disagreement once it is known', () => {
    const blind = plan({ ...DROP, 'max-drop': 0.03 });
    expect(blind).toMatchObject({ sees: false, error: 0.05 });
    expect(blind.cases[0]).toMatchObject({ condition: 'max-drop 0.03', n: 1000, amount: 0.03, sees: false });
    expect(blind.advice[0]).toMatch(
      /^it cannot see what it asks for: judge by [\d]+ rows of this kind, or allow 0\.\d+$/,
    );
    const known = plan({ ...DROP, 'max-drop': 0.03 }, compared(100));
    expect(known).toMatchObject({ sees: true, advice: [] });
    expect(known.cases[0]?.capped).toMatchObject({ disagreement: 0.1 });
  });

  test('needs some disagreement, though two models agree today', () => {
    for (const disagreements of [0, 5, 40]) {
      const [one] = plan({ ...DROP, 'max-drop': 0.05 }, compared(disagreements)).cases;
      expect(one?.capped).toMatchObject({ disagreement: 0.05, effect: expect.any(Number), rows: expect.any(Number) });
      expect(one?.sees).toBe(true);
    }
    expect(plan({ ...DROP, 'min-gain': 0 }, compared(0)).cases[0]?.capped?.disagreement).toBe(0.001);
  });

  test('grows with the rows that it is planned for', () => {
    const rule = { ...DROP, 'max-drop': 0.03 };
    expect(plan(rule, { rows: 10_000 })).toMatchObject({ sees: true, cases: [{ n: 10_000 }] });
    expect(plan(rule).cases[0]?.worst).toMatchObject({ rows: expect.any(Number) });
  });

  test('is of each value of its slice, those with few rows together', () => {
    const { cases } = plan({ metric: 'accuracy', slice: 'region', min: 0.8, 'min-rows': 50, confidence: 0.95 });
    expect(cases.map(({ slice, n }) => [slice, n])).toEqual([
      ['north', 970],
      ['other (2 values: south, west)', 30],
    ]);
  });

  test('of a share of the positive rows is told by these', () => {
    const seen = plan({ metric: 'recall', min: 0.9, confidence: 0.95 });
    const all = plan({ metric: 'accuracy', min: 0.9, confidence: 0.95 }, { n: 100 });
    expect(all.cases[0]?.worst).toMatchObject({ method: 'exact-binomial', rows: 29 });
    // One row in ten is positive, and 0.9²⁹ = 0.047.
    expect(seen.cases[0]?.worst).toEqual({ ...all.cases[0]?.worst, rows: 290 });
  });

  test('is nothing of no difference at all', () => {
    expect(plan({ ...DROP, 'max-drop': 0 })).toMatchObject({ sees: false, cases: [{ worst: { rows: null } }] });
    expect(plan({ ...DROP, 'max-drop': 0 }, compared(20)).advice[0]).toMatch(/allow 0\.\d+$/);
  });

  test('is not known of what nothing bounds before it was measured', () => {
    const planned = plan({ metric: 'log-loss', max: 0.5, confidence: 0.95 });
    expect(planned).toMatchObject({ sees: false, cases: [{ sees: null }] });
    expect(planned.advice[0]).toContain('run `modelgate run`');
    const percent = plan({ ...DROP, 'max-drop': '5%' });
    expect(percent.cases[0]?.worst).toMatchObject({
      reason: expect.stringContaining('5% of a number that is not known'),
    });
  });

  test('without confidence is noise, and nothing is asked of it', () => {
    const planned = plan({ metric: 'accuracy', min: 0.9 });
    expect(planned).toMatchObject({ sees: null, confidence: null, error: null, advice: [] });
    expect(planned.cases[0]?.worst).toMatchObject({ effect: expect.any(Number) });
  });

  test('rests on no number of rows where they count by weights or hang together', () => {
    const labels = { path: 'labels.csv', id: 'id', label: 'label', weight: 'w' };
    const config = {
      task: 'binary-classification',
      evaluate: { labels, metrics: ['accuracy'] },
      gates: { rules: [{ id: 'rule', metric: 'accuracy', min: 0.9, confidence: 0.95 }] },
    } as unknown as Config;
    expect(plan({ metric: 'accuracy' }, { config }).cases[0]?.worst).toEqual({ reason: 'rows count by their weights' });
  });
});

describe('a budget', () => {
  const rule = { metric: 'accuracy', min: 0.9, confidence: 0.95 } as const;

  test('divides the error, and too many verdicts leave nothing to see', () => {
    expect(plan(rule, { budget: { id: 'b', verdicts: 10 } })).toMatchObject({ sees: true, error: 0.05 / 1024 });
    const planned = plan(rule, { budget: { id: 'b', verdicts: 200 }, n: 99 });
    expect(planned.sees).toBe(false);
    // 0.9⁹⁹ = 2.95e-5 lies between 0.05 / 2¹⁰ and 0.05 / 2¹¹.
    expect(planned.advice[0]).toContain('write `verdicts: 10`, or write `adaptivity: none`');
    expect(plan(rule, { budget: { id: 'b', verdicts: 10 }, n: 99 }).sees).toBe(true);
    expect(plan(rule, { budget: { id: 'b', verdicts: 11 }, n: 99 }).sees).toBe(false);
    expect(plan(rule, { budget: { id: 'b', verdicts: 200, adaptivity: 'none' }, n: 99 }).sees).toBe(true);
  });

  test('of so many verdicts that no error is left says so', () => {
    const planned = plan(rule, { budget: { id: 'b', verdicts: 5000 } });
    expect(planned).toMatchObject({ sees: false, error: null });
    expect(planned.advice[0]).toMatch(/write `verdicts: \d+`/);
  });

  test('is not blamed for what the rows cannot show either', () => {
    const planned = plan(rule, { budget: { id: 'b', verdicts: 200 }, n: 20 });
    expect(planned.advice[0]).toContain('even without a budget');
  });
});
