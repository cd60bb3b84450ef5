import { describe, expect, test } from 'vitest';
import { findConfigProblems } from '../../src/config/consistency.ts';
import { type Config, Modelgate } from '../../src/config/schema/modelgate.ts';
import { listStages } from '../../src/config/stages.ts';
import { parseYaml } from '../../src/config/yaml-document.ts';
import { UserMistake } from '../../src/errors.ts';

const CARD = { governance: { controls: [{ id: 'card', document: 'MODEL_CARD.md' }] } };

function findProblems(stages: readonly unknown[]): [found: string, fix: string | undefined][] {
  const text = JSON.stringify({ version: 1, model: 'churn', ...CARD, stages });
  try {
    parseYaml<Config>(text, { file: 'm.yml', schema: Modelgate, findProblems: findConfigProblems });
    return [];
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return error.problems.map(({ found, fix }) => [found, fix]);
  }
}

describe('stages', () => {
  test.each<[what: string, stages: readonly unknown[]]>([
    ['names alone', ['staging', 'production']],
    [
      'a way with all conditions',
      [
        'staging',
        {
          name: 'production',
          from: ['staging'],
          soak: '2d',
          controls: ['card'],
          approval: { users: ['ada', 'bo'], count: 2 },
        },
      ],
    ],
    ['a way back', ['staging', { name: 'a', from: ['staging', 'b'] }, { name: 'b', from: ['a'] }]],
    ['an approval by anybody who may write', [{ name: 'production', approval: { count: 2 } }]],
    ['an approval by a team of unknown size', [{ name: 'production', approval: { teams: ['o/t'], count: 9 } }]],
  ])('may be %s', (_what, stages) => {
    expect(findProblems(stages)).toEqual([]);
  });

  test.each<[what: string, stages: readonly unknown[], found: string, fix: string]>([
    ['twice the same', ['staging', { name: 'staging' }], 'the stage `staging` stands twice', 'its own name'],
    ['one called base', ['base'], 'the name `base` is taken', 'another name'],
    ['one called latest', ['latest'], 'the name `latest` is taken', 'another name'],
    ['one that reads like a version', ['v2'], 'the stage `v2` reads like a version', 'letter'],
    [
      'one from a stage that is not there',
      ['staging', { name: 'production', from: ['stagin'] }],
      'there is no stage `stagin`',
      'Did you mean `staging`?',
    ],
    [
      'one with a control that is not there',
      [{ name: 'production', controls: ['crad'] }],
      'there is no rule and no control `crad`',
      'Did you mean `card`?',
    ],
    ['one that soaks nowhere', [{ name: 'production', soak: '1h' }], '`soak` without `from`', 'Name the stages'],
    [
      'one with more approvals than people',
      [{ name: 'production', approval: { users: ['ada', '@Ada'], count: 2 } }],
      '`production` asks for 2 approvals, and 1 user may approve',
      'Name more users',
    ],
    [
      'one that comes from itself',
      [{ name: 'production', from: ['production'] }],
      'no version can ever come into `production`: it comes from production only, and nothing gets there first',
      'without `from`',
    ],
  ])('may not be %s', (_what, stages, found, fix) => {
    expect(findProblems(stages)).toEqual([[found, expect.stringContaining(fix)]]);
  });

  test('in a circle are told one by one, and those behind it', () => {
    const stages = ['a', { name: 'b', from: ['c'] }, { name: 'c', from: ['b'] }, { name: 'd', from: ['c'] }];
    expect(findProblems(stages).map(([found]) => found)).toEqual([
      expect.stringContaining('into `b`'),
      expect.stringContaining('into `c`'),
      expect.stringContaining('into `d`'),
    ]);
  });

  test('have a promise each, whether written or not', () => {
    const plain = { from: undefined, soakSeconds: 0, controls: [], approval: undefined, prereleases: false };
    expect(
      listStages({
        stages: ['staging', { name: 'live', from: ['staging'], soak: '1h30m', environment: 'eu', prereleases: true }],
      }),
    ).toEqual([
      { ...plain, name: 'staging', environment: 'staging' },
      { ...plain, name: 'live', from: ['staging'], soakSeconds: 5400, environment: 'eu', prereleases: true },
    ]);
  });
});
