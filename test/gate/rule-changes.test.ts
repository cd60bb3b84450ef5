import { describe, expect, test } from 'vitest';
import type { Approval } from '../../src/config/schema/governance.ts';
import type { Config, Control, Rule } from '../../src/config/schema/modelgate.ts';
import { compareRules } from '../../src/gate/rule-changes.ts';
import { createConfig } from './evaluations.ts';

const GOOD: Rule = { id: 'good', metric: 'accuracy' };
const BARE = createConfig([]);

const brief = (before: Config, after: Config) => compareRules(before, after).map(({ id, change }) => [id, change]);
const kindsOf = (before: Config, after: Config) => compareRules(before, after).map(({ change }) => change);
const both = (one: Partial<Config>, other: Partial<Config>) => brief({ ...BARE, ...one }, { ...BARE, ...other });

describe('a rule', () => {
  const relative = { against: 'production' } as const;

  test.each<[what: string, before: Partial<Rule>, after: Partial<Rule>, kinds: string[]]>([
    ['a lower minimum', { min: 0.9 }, { min: 0.85 }, ['loosened']],
    ['a higher minimum', { min: 0.9 }, { min: 0.95 }, ['tightened']],
    ['a higher maximum', { max: 0.1 }, { max: 0.2 }, ['loosened']],
    ['a lower maximum', { metric: 'ece', max: 0.2 }, { metric: 'ece', max: 0.1 }, ['tightened']],
    [
      'a minimum of a metric that is good when low',
      { metric: 'ece', min: 0.2 },
      { metric: 'ece', min: 0.1 },
      ['loosened'],
    ],
    ['no maximum any more', { min: 0.5, max: 0.9 }, { min: 0.5 }, ['loosened']],
    ['a maximum besides', { min: 0.5 }, { min: 0.5, max: 0.9 }, ['tightened']],
    ['a wider and a stricter end', { min: 0.5, max: 0.9 }, { min: 0.6, max: 1 }, ['loosened', 'tightened']],
    ['a larger drop', { ...relative, 'max-drop': 0.05 }, { ...relative, 'max-drop': 0.1 }, ['loosened']],
    ['a smaller drop', { ...relative, 'max-drop': '5%' }, { ...relative, 'max-drop': '1%' }, ['tightened']],
    ['a larger gain', { ...relative, 'min-gain': 0.05 }, { ...relative, 'min-gain': 0.1 }, ['tightened']],
    ['a smaller gain', { ...relative, 'min-gain': '10%' }, { ...relative, 'min-gain': '9%' }, ['loosened']],
    ['a wider distance', { ...relative, within: 0.05 }, { ...relative, within: 0.1 }, ['loosened']],
    ['a narrower distance', { ...relative, within: 0.1 }, { ...relative, within: 0.05 }, ['tightened']],
    ['an amount for a percentage', { ...relative, 'max-drop': '5%' }, { ...relative, 'max-drop': 0.01 }, ['changed']],
    ['the same percentage', { ...relative, 'max-drop': '5%' }, { ...relative, 'max-drop': '5.0%' }, []],
    [
      'a gain in place of a drop',
      { ...relative, 'max-drop': 0 },
      { ...relative, 'min-gain': 0 },
      ['loosened', 'tightened'],
    ],
    ['another baseline', { ...relative, within: 0.1 }, { against: 'base', within: 0.2 }, ['changed']],
    ['another metric', { min: 0.9 }, { metric: 'macro-f1', min: 0.2 }, ['changed']],
    ['a slice', { min: 0.9 }, { min: 0.9, slice: 'sex' }, ['changed']],
    ['no slice any more', { min: 0.9, slice: 'sex' }, { min: 0.9 }, ['changed']],
    [
      'another slice and a warning',
      { min: 0.9, slice: 'sex' },
      { min: 0.9, slice: 'island', level: 'warn' },
      ['loosened', 'changed'],
    ],
    ['two columns in another order', { min: 0.9, slice: ['a', 'b'] }, { min: 0.9, slice: ['b', 'a'] }, []],
    ['two columns for one', { min: 0.9, slice: 'a' }, { min: 0.9, slice: ['a', 'b'] }, ['changed']],
    ['confidence', { min: 0.9 }, { min: 0.9, confidence: 0.95 }, ['tightened']],
    ['more confidence', { min: 0.9, confidence: 0.9 }, { min: 0.9, confidence: 0.95 }, ['tightened']],
    ['less confidence', { min: 0.9, confidence: 0.9 }, { min: 0.9, confidence: 0.8 }, ['loosened']],
    ['no confidence any more', { min: 0.9, confidence: 0.9 }, { min: 0.9 }, ['loosened']],
    ['a lower minimum with confidence', { min: 0.9 }, { min: 0.8, confidence: 0.95 }, ['loosened', 'tightened']],
    [
      'a correction',
      { min: 0.9, slice: 'a', confidence: 0.9 },
      { min: 0.9, slice: 'a', confidence: 0.9, correction: 'holm' },
      ['changed'],
    ],
    ['a warning', { min: 0.9 }, { min: 0.9, level: 'warn' }, ['loosened']],
    ['an error again', { min: 0.9, level: 'warn' }, { min: 0.9, level: 'error' }, ['tightened']],
    ['the level that it has anyway', { min: 0.9 }, { min: 0.9, level: 'error' }, []],
    ['fewer rows', { min: 0.9, 'min-rows': 20 }, { min: 0.9, 'min-rows': 5 }, ['loosened']],
    ['no rows asked for', { min: 0.9, 'min-rows': 20 }, { min: 0.9 }, ['loosened']],
    ['more rows', { min: 0.9 }, { min: 0.9, 'min-rows': 5 }, ['tightened']],
    ['other rows of a slice', { min: 0.9, slice: 'sex' }, { min: 0.9, slice: 'sex', 'min-rows': 5 }, ['changed']],
    ['a class', { min: 0.9 }, { min: 0.9, positive: 'Adelie' }, ['changed']],
    ['a masked loosening', { min: 0.9 }, { min: 0.1, 'min-rows': 2 }, ['loosened', 'tightened']],
    ['nothing', { min: 0.9 }, { min: 0.9 }, []],
  ])('with %s', (_what, before, after, kinds) => {
    expect(kindsOf(createConfig([{ ...GOOD, ...before }]), createConfig([{ ...GOOD, ...after }]))).toEqual(kinds);
  });

  test('is told in words, on both sides', () => {
    const before = createConfig([{ ...GOOD, min: 0.9, 'min-rows': 20 }]);
    const after = createConfig([{ ...GOOD, min: 0.85, 'min-rows': 20, level: 'warn' }]);
    expect(compareRules(before, after)).toEqual([
      {
        id: 'good',
        change: 'loosened',
        before: 'accuracy of at least 0.9 on at least 20 rows',
        after: 'accuracy of at least 0.85 on at least 20 rows; it only warns',
      },
    ]);
  });

  test('that is gone is removed, one that is new is added, and one of another id is both', () => {
    const other = { ...GOOD, id: 'better', min: 0.9 };
    expect(compareRules(createConfig([{ ...GOOD, min: 0.9 }]), createConfig([other]))).toEqual([
      { id: 'good', change: 'removed', before: 'accuracy of at least 0.9', after: null },
      { id: 'better', change: 'added', before: null, after: 'accuracy of at least 0.9' },
    ]);
  });

  test('may move, and may spell out the class that it had by evaluate.positive', () => {
    const evaluate = { ...BARE.evaluate, positive: 'Adelie' } as NonNullable<Config['evaluate']>;
    const rules = [
      { ...GOOD, min: 0.9 },
      { ...GOOD, id: 'parity', max: 1, positive: 'Adelie' },
    ];
    const before = createConfig(
      rules.map(({ positive: _positive, ...rule }) => rule),
      { evaluate },
    );
    expect(compareRules(before, createConfig(rules.toReversed(), { evaluate }))).toEqual([]);
    expect(brief(before, createConfig(rules))).toEqual([['evaluate.positive', 'changed']]);
  });
});

describe('a control', () => {
  const withControls = (...controls: Control[]): Partial<Config> => ({ governance: { controls } });
  const card = { id: 'card', document: 'CARD.md' };
  const signed = (approval: Approval) => withControls({ id: 'signed', approval });
  const people = { users: ['ada', 'bo'], teams: ['o/t'], count: 2 };

  test.each<[what: string, before: Partial<Config>, after: Partial<Config>, kinds: string[]]>([
    ['that is gone', withControls(card), withControls(), ['removed']],
    ['that is new', {}, withControls(card), ['added']],
    [
      'with fewer sections',
      withControls({ ...card, sections: ['A', 'B'] }),
      withControls({ ...card, sections: ['A'] }),
      ['loosened'],
    ],
    ['with a section', withControls(card), withControls({ ...card, sections: ['A'] }), ['tightened']],
    [
      'with another section',
      withControls({ ...card, sections: ['A'] }),
      withControls({ ...card, sections: ['B'] }),
      ['loosened', 'tightened'],
    ],
    [
      'with a section in other letters',
      withControls({ ...card, sections: ['A'] }),
      withControls({ ...card, sections: [' a'] }),
      [],
    ],
    ['with another document', withControls(card), withControls({ id: 'card', document: 'OTHER.md' }), ['changed']],
    ['of another kind', withControls(card), withControls({ id: 'card', checklist: 'CARD.md' }), ['changed']],
    ['with fewer approvals', signed(people), signed({ ...people, count: 1 }), ['loosened']],
    ['with the approvals of no count', signed({ users: ['ada'] }), signed({ users: ['ada'], count: 1 }), []],
    ['with more users', signed(people), signed({ ...people, users: ['ada', 'bo', 'cy'] }), ['loosened']],
    ['with the users in other letters', signed(people), signed({ ...people, users: ['@Bo', 'ADA'] }), []],
    ['with other teams', signed(people), signed({ ...people, teams: ['o/u'] }), ['loosened', 'tightened']],
    ['with code owners', signed(people), signed({ ...people, 'code-owners-of': 'a' }), ['loosened']],
    ['with other code owners', signed({ 'code-owners-of': 'a' }), signed({ 'code-owners-of': 'b' }), ['changed']],
  ])('%s', (_what, before, after, kinds) => {
    expect(both(before, after).map(([, change]) => change)).toEqual(kinds);
  });
});

test('what lowers the bar is told first', () => {
  const before = createConfig([
    { ...GOOD, id: 'tight', min: 0.1 },
    { ...GOOD, id: 'gone', min: 0.1 },
    { ...GOOD, id: 'loose', min: 0.9 },
  ]);
  const after = createConfig(
    [
      { ...GOOD, id: 'new', min: 0.1 },
      { ...GOOD, id: 'tight', min: 0.2 },
      { ...GOOD, id: 'loose', min: 0.8 },
    ],
    { stages: ['live'] },
  );
  expect(brief(before, after)).toEqual([
    ['loose', 'loosened'],
    ['gone', 'removed'],
    ['tight', 'tightened'],
    ['new', 'added'],
    ['stages.live', 'added'],
  ]);
});

test('of a first file everything that it asks for is added', () => {
  const data = { a: { path: 'a.csv', contract: 'c.yaml' } } as unknown as NonNullable<Config['data']>;
  const first = createConfig([{ ...GOOD, min: 0.9 }], { data });
  const changes = compareRules(undefined, {
    ...first,
    gates: { ...first.gates, mode: 'observe', rules: first.gates?.rules ?? [] },
  });
  expect(changes.map(({ id }) => id)).toEqual([
    'good',
    'data.a',
    'task',
    'evaluate.labels',
    'evaluate.metrics',
    'gates.mode',
  ]);
  expect(changes.every(({ change, before }) => change === 'added' && before === null)).toBe(true);
});
