import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { compareRules } from '../../src/gate/rule-changes.ts';
import { renderSpan } from '../../src/gate/stage-text.ts';

type StageEntry = NonNullable<Config['stages']>[number];

function compare(before: Partial<Exclude<StageEntry, string>>, after: typeof before) {
  const build = (more: typeof before): Config => ({
    version: 1,
    model: 'churn',
    stages: ['staging', 'canary', { name: 'production', ...more }],
  });
  return compareRules(build(before), build(after)).map(({ id, change }) => [id, change]);
}

describe('a promise of a stage', () => {
  test.each<[what: string, before: Parameters<typeof compare>[0], after: Parameters<typeof compare>[0]]>([
    ['a shorter soak', { from: ['staging'], soak: '2d' }, { from: ['staging'], soak: '1d' }],
    ['no soak', { from: ['staging'], soak: '2d' }, { from: ['staging'] }],
    ['a control fewer', { controls: ['a', 'b'] }, { controls: ['a'] }],
    ['no controls', { controls: ['a'] }, {}],
    ['no approval', { approval: { users: ['ada'] } }, {}],
    ['fewer approvals', { approval: { users: ['ada', 'bo'], count: 2 } }, { approval: { users: ['ada', 'bo'] } }],
    ['more people who may approve', { approval: { users: ['ada'] } }, { approval: { users: ['ada', 'bo'] } }],
    ['anybody who may approve', { approval: { users: ['ada'] } }, { approval: {} }],
    ['one transition more', { from: ['staging'] }, { from: ['staging', 'canary'] }],
    ['every transition', { from: ['staging'] }, {}],
    ['pre-releases', {}, { prereleases: true }],
  ])('is loosened by %s, and tightened by the way back', (_what, before, after) => {
    expect(compare(before, after)).toEqual([['stages.production', 'loosened']]);
    expect(compare(after, before)).toEqual([['stages.production', 'tightened']]);
  });

  test('that is swapped for another is both', () => {
    expect(compare({ controls: ['a'] }, { controls: ['b'] })).toEqual([
      ['stages.production', 'loosened'],
      ['stages.production', 'tightened'],
    ]);
  });

  test('that moves to another environment is changed', () => {
    expect(compare({}, { environment: 'eu' })).toEqual([['stages.production', 'changed']]);
  });

  test('is told in words, before and after', () => {
    const soaked: Config = {
      version: 1,
      model: 'churn',
      stages: [
        'staging',
        { name: 'production', from: ['staging'], soak: '36h', controls: ['b', 'a'], approval: { users: ['ada'] } },
      ],
    };
    expect(compareRules(soaked, { version: 1, model: 'churn', stages: ['production'] })).toEqual([
      {
        id: 'stages.production',
        change: 'loosened',
        before: 'from staging, after 1d12h there; a, b passed; approved by ada',
        after: 'from anywhere',
      },
      { id: 'stages.staging', change: 'removed', before: 'from anywhere', after: null },
    ]);
  });
});

test('a span is written as modelgate.yml has it, and a started second counts', () => {
  expect([0, 0.2, 61, 86_400, 90_061].map(renderSpan)).toEqual(['0s', '1s', '1m1s', '1d', '1d1h1m1s']);
});
