import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { compareRules } from '../../src/gate/rule-changes.ts';
import { createConfig } from './evaluations.ts';

const BARE = createConfig([]);
const both = (one: Partial<Config>, other: Partial<Config>) =>
  compareRules({ ...BARE, ...one }, { ...BARE, ...other }).map(({ id, change }) => [id, change]);

describe('a setting', () => {
  const evaluate = (more: object) => ({ evaluate: { ...BARE.evaluate, ...more } }) as Partial<Config>;
  const gates = (more: object) => ({ gates: { rules: [], ...more } }) as Partial<Config>;
  const budget = (verdicts: number, id = 'b') => gates({ budget: { id, verdicts } });
  const strict = (more: object) => gates({ budget: { id: 'b', verdicts: 10, ...more } });
  const labels = { path: 'data/test.csv', id: 'id', label: 'species' };
  const point = { predictions: 'val.csv', labels: 'val-labels.csv', recall: 0.9 };
  const reported = (direction: string) => [{ path: 'm.json', metrics: { bleu: { key: 'bleu', direction } } }];

  test.each<[id: string, before: Partial<Config>, after: Partial<Config>, change: string | undefined]>([
    ['gates.mode', {}, gates({ mode: 'observe' }), 'loosened'],
    ['gates.mode', gates({ mode: 'observe' }), gates({ mode: 'enforce' }), 'tightened'],
    ['gates.mode', gates({ mode: 'enforce' }), {}, undefined],
    ['governance.mode', {}, { governance: { mode: 'observe', controls: [] } }, 'loosened'],
    [
      'governance.waivers',
      { governance: { controls: [] } },
      { governance: { controls: [], waivers: 'w.yml' } },
      'changed',
    ],
    ['gates.budget.verdicts', budget(10), budget(20), 'loosened'],
    ['gates.budget.verdicts', budget(20), budget(10), 'tightened'],
    ['gates.budget.id', budget(10), budget(10, 'c'), 'changed'],
    ['evaluate.reveal', {}, evaluate({ reveal: 'rows' }), 'changed'],
    ['evaluate.reveal', {}, evaluate({ reveal: 'metrics' }), undefined],
    ['evaluate.labels', {}, evaluate({ labels: { path: 'x.csv', id: 'id', label: 'species' } }), 'changed'],
    ['evaluate.metrics', {}, evaluate({ metrics: ['accuracy', 'macro-f1'] }), 'changed'],
    ['evaluate.slices', evaluate({ slices: ['a', 'b'] }), evaluate({ slices: ['b', 'a'] }), undefined],
    ['evaluate.slices', {}, evaluate({ slices: ['sex'] }), 'changed'],
    ['evaluate.positive', {}, evaluate({ positive: 'Adelie' }), 'changed'],
    ['task', {}, { task: 'binary-classification' }, 'changed'],
    ['model', {}, { model: 'birds' }, 'changed'],
    ['evaluate.labels.weight', {}, evaluate({ labels: { ...labels, weight: 'w' } }), 'changed'],
    ['evaluate.labels.cluster', evaluate({ labels: { ...labels, cluster: 'c' } }), {}, 'changed'],
    ['evaluate.labels.query', {}, evaluate({ labels: { ...labels, query: 'q' } }), 'changed'],
    ['evaluate.costs', {}, evaluate({ costs: { a: { b: 2 } } }), 'changed'],
    ['evaluate.costs', {}, evaluate({ costs: { a: { b: 0 } } }), undefined],
    ['evaluate.costs', evaluate({ costs: { a: { b: 2 } } }), evaluate({ costs: { a: { b: 3 } } }), 'changed'],
    ['evaluate.operating-point', {}, evaluate({ 'operating-point': point }), 'changed'],
    [
      'evaluate.operating-point',
      evaluate({ 'operating-point': point }),
      evaluate({ 'operating-point': { ...point, recall: 0.8 } }),
      'changed',
    ],
    ['evaluate.reported', {}, evaluate({ reported: reported('higher') }), 'changed'],
    [
      'evaluate.reported',
      evaluate({ reported: reported('higher') }),
      evaluate({ reported: reported('lower') }),
      'changed',
    ],
    ['gates.budget.adaptivity', budget(10), strict({ adaptivity: 'none' }), 'changed'],
    ['gates.budget.when-spent', budget(10), strict({ 'when-spent': 'cannot-measure' }), 'tightened'],
    ['gates.budget.when-spent', strict({ 'when-spent': 'cannot-measure' }), budget(10), 'loosened'],
    ['gates.budget.when-spent', budget(10), strict({ 'when-spent': 'warn' }), undefined],
  ])('%s from %j to %j', (id, before, after, change) => {
    expect(both(before, after)).toEqual(change === undefined ? [] : [[id, change]]);
  });

  test('of a budget is loosened by its end, whatever else goes with it', () => {
    expect(both(budget(10), {})).toEqual([
      ['gates.budget.verdicts', 'loosened'],
      ['gates.budget.id', 'changed'],
    ]);
  });

  test('of a budget is told in both its ways where a rule has confidence', () => {
    const rules = [{ id: 'a', metric: 'accuracy', min: 0.9, confidence: 0.95 }];
    const sure = (verdicts: number, adaptivity: string) => gates({ rules, budget: { id: 'b', verdicts, adaptivity } });
    expect(both(sure(10, 'full'), sure(20, 'full'))).toEqual([
      ['gates.budget.verdicts', 'loosened'],
      ['gates.budget.error', 'tightened'],
    ]);
    expect(both(sure(10, 'none'), sure(5, 'none'))).toEqual([
      ['gates.budget.error', 'loosened'],
      ['gates.budget.verdicts', 'tightened'],
    ]);
    expect(both(sure(10, 'full'), sure(10, 'none'))).toEqual([
      ['gates.budget.error', 'loosened'],
      ['gates.budget.adaptivity', 'changed'],
    ]);
    expect(both(sure(10, 'full'), gates({ rules }))).toEqual([
      ['gates.budget.verdicts', 'loosened'],
      ['gates.budget.error', 'loosened'],
      ['gates.budget.id', 'changed'],
      ['gates.budget.adaptivity', 'changed'],
    ]);
  });

  test('of how the candidate runs is no rule', () => {
    const train = { run: 'python3 train.py', outputs: { model: 'm.json' } };
    const run = evaluate({ run: 'x', timeout: '1h', predictions: { path: 'q.csv', id: 'id', prediction: 'p' } });
    expect(both({}, { train, ...run, release: { card: 'CARD.md' } })).toEqual([]);
  });

  test('says what it shows more of', () => {
    expect(compareRules(BARE, { ...BARE, ...evaluate({ reveal: 'rows' }) })).toEqual([
      {
        id: 'evaluate.reveal',
        change: 'changed',
        before: 'metrics: reports show outcomes and numbers',
        after: 'rows: reports show outcomes, numbers and single rows of the test set',
      },
    ]);
  });
});
