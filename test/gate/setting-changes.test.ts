import { describe, expect, test } from 'vitest';
import type { Config, DataCheckConfig } from '../../src/config/schema/modelgate.ts';
import { compareRules } from '../../src/gate/rule-changes.ts';
import { createConfig } from './evaluations.ts';

const BARE = createConfig([]);
const both = (one: Partial<Config>, other: Partial<Config>) =>
  compareRules({ ...BARE, ...one }, { ...BARE, ...other }).map(({ id, change }) => [id, change]);

describe('a setting', () => {
  const evaluate = (more: object) => ({ evaluate: { ...BARE.evaluate, ...more } }) as Partial<Config>;
  const gates = (more: object) => ({ gates: { rules: [], ...more } }) as Partial<Config>;
  const budget = (verdicts: number, id = 'b') => gates({ budget: { id, verdicts } });

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
  ])('%s from %j to %j', (id, before, after, change) => {
    expect(both(before, after)).toEqual(change === undefined ? [] : [[id, change]]);
  });

  test('of a budget is loosened by its end, whatever else goes with it', () => {
    expect(both(budget(10), {})).toEqual([
      ['gates.budget.verdicts', 'loosened'],
      ['gates.budget.id', 'changed'],
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

describe('the data', () => {
  const data = (more: object, checks: DataCheckConfig[] = []) => ({ data: { ...more, checks } }) as Partial<Config>;
  const overlap = (between: string[], on: string[]): DataCheckConfig => ({ 'no-overlap': { between, on } });
  const drift = (share: number, columns?: string[]): DataCheckConfig => ({
    drift: { from: 'a', to: 'b', 'max-share': share, ...(columns ? { columns } : {}) },
  });

  test.each<[what: string, before: Partial<Config>, after: Partial<Config>, changes: string[][]]>([
    ['a file', data({ a: { path: 'a.csv' } }), data({ a: { path: 'b.csv' } }), [['data.a.path', 'changed']]],
    [
      'no contract',
      data({ a: { path: 'a', contract: 'c' } }),
      data({ a: { path: 'a' } }),
      [['data.a.contract', 'loosened']],
    ],
    [
      'a contract',
      data({ a: { path: 'a' } }),
      data({ a: { path: 'a', contract: 'c' } }),
      [['data.a.contract', 'tightened']],
    ],
    [
      'another contract',
      data({ a: { path: 'a', contract: 'c' } }),
      data({ a: { path: 'a', contract: 'd' } }),
      [['data.a.contract', 'changed']],
    ],
    ['no data set', data({ a: { path: 'a' } }), data({}), [['data.a', 'removed']]],
    ['a data set', {}, data({ a: { path: 'a' } }), [['data.a', 'added']]],
    [
      'no overlap check',
      data({}, [overlap(['a', 'b'], ['id'])]),
      {},
      [['data.checks: no-overlap of a, b', 'loosened']],
    ],
    [
      'an overlap check',
      {},
      data({}, [overlap(['a', 'b'], ['id'])]),
      [['data.checks: no-overlap of a, b', 'tightened']],
    ],
    [
      'an overlap of more columns',
      data({}, [overlap(['a', 'b'], ['id'])]),
      data({}, [overlap(['b', 'a'], ['id', 'day'])]),
      [['data.checks: no-overlap of a, b', 'loosened']],
    ],
    [
      'the same overlap',
      data({}, [overlap(['a', 'b'], ['id', 'day'])]),
      data({}, [overlap(['b', 'a'], ['day', 'id'])]),
      [],
    ],
    ['more drift', data({}, [drift(0.2)]), data({}, [drift(0.5)]), [['data.checks: drift from a to b', 'loosened']]],
    ['less drift', data({}, [drift(0.2)]), data({}, [drift(0)]), [['data.checks: drift from a to b', 'tightened']]],
    [
      'other columns',
      data({}, [drift(0.2)]),
      data({}, [drift(0.2, ['x'])]),
      [['data.checks: drift from a to b', 'changed']],
    ],
    ['checks in another order', data({}, [drift(0.2), drift(0.5)]), data({}, [drift(0.5), drift(0.2)]), []],
  ])('with %s', (_what, before, after, changes) => {
    expect(both(before, after)).toEqual(changes);
  });
});
