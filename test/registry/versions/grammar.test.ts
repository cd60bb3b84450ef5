import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatStageTag,
  formatVersionTag,
  isVersion,
  parseStageTag,
  parseVersionTag,
} from '../../../src/registry/versions/grammar.ts';
import { compareVersions, findNewestVersion, isPrerelease, isRange } from '../../../src/registry/versions/order.ts';
import { countPrerelease, labelPrerelease } from '../../../src/registry/versions/prerelease.ts';

const identifier = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/);

describe('the tags of versions', () => {
  test.each([
    ['churn@v1.4.0', { model: 'churn', version: 'v1.4.0', mark: '' }],
    ['churn@v1.4.0!', { model: 'churn', version: 'v1.4.0', mark: '!' }],
    ['a-b_c@v1.5.0-rc.1', { model: 'a-b_c', version: 'v1.5.0-rc.1', mark: '' }],
    ['churn@v1.5.0-feature-x.12', { model: 'churn', version: 'v1.5.0-feature-x.12', mark: '' }],
  ])('%s is read', (tag, expected) => {
    expect(parseVersionTag(tag)).toEqual(expected);
  });

  test.each([
    ['churn@1.4.0', 'churn@v1.4', 'churn@v01.4.0', 'churn@v1.4.0+build', 'churn@v1.5.0-01', 'churn@v1.4.0!!'],
    ['churn@v1.4.0\n', 'churn@v1.4.0 ', ' churn@v1.4.0', 'churn@vv1.4.0', 'chu/rn@v1.4.0', '-churn@v1.4.0', '@v1.4.0'],
    ['churn#production#1', 'churn@production', 'churn@v1.4.0@v1.4.0', `churn@v1.4.${'9'.repeat(20)}`],
    [`${'c'.repeat(65)}@v1.0.0`, `churn@v1.0.0-${'x'.repeat(200)}`, 'churn@v1.0.0-ä', 'churn@v1.0.0-<b>', ''],
  ])('hostile ones are no version: %j …', (...tags) => {
    expect(tags.map(parseVersionTag)).toEqual(tags.map(() => undefined));
  });

  test('what is written is read again, and git takes it as the name of a tag', () => {
    const number = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(identifier, number, number, number, (model, major, minor, patch) => {
        const version = `v${major}.${minor}.${patch}`;
        expect(parseVersionTag(formatVersionTag(model, version))).toEqual({ model, version, mark: '' });
      }),
    );
    for (const name of [formatVersionTag('churn', 'v1.5.0-rc.1'), formatStageTag('churn', 'production', 3)]) {
      execFileSync('git', ['check-ref-format', `refs/tags/${name}`]);
    }
  });
});

describe('the tags of stages', () => {
  test('are read with their counter', () => {
    fc.assert(
      fc.property(identifier, identifier, fc.integer({ min: 1, max: 10 ** 9 }), (model, stage, counter) => {
        expect(parseStageTag(formatStageTag(model, stage, counter))).toEqual({ model, stage, counter });
      }),
    );
  });

  test.each([
    [
      'churn#production',
      'churn#production#0',
      'churn#production#01',
      'churn#production!#2',
      'churn#a#b#1',
      'churn##1',
      `churn#p#${'9'.repeat(16)}`,
      'churn#production#1\n',
    ],
  ])('hostile ones are no stage: %j …', (...tags) => {
    expect(tags.map(parseStageTag)).toEqual(tags.map(() => undefined));
  });
});

describe('the order of versions', () => {
  // semver.org, 2.0.0, §11: the example of precedence.
  const ordered = ['alpha', 'alpha.1', 'alpha.beta', 'beta', 'beta.2', 'beta.11', 'rc.1'].map(
    (name) => `v1.0.0-${name}`,
  );

  test('is SemVer’s', () => {
    const all = [...ordered, 'v1.0.0', 'v2.0.0', 'v2.1.0', 'v2.1.1'];
    expect([...all].reverse().sort(compareVersions)).toEqual(all);
    expect(all.every(isVersion)).toBe(true);
    expect(all.filter((version) => !isPrerelease(version))).toHaveLength(4);
  });

  test.each([
    ['latest', 'v2.0.1'],
    ['^1.2', 'v1.10.0'],
    ['1.x', 'v1.10.0'],
    ['~1.2', 'v1.2.9'],
    ['>=1.2 <1.10', 'v1.9.0'],
    ['^3', undefined],
    ['^2.1.0-rc', 'v2.1.0-rc.2'],
    ['v1.2.3', 'v1.2.3'],
  ])('%s means %s', (range, expected) => {
    const versions = ['v1.2.3', 'v1.2.9', 'v1.9.0', 'v1.10.0', 'v2.0.1', 'v2.1.0-rc.1', 'v2.1.0-rc.2', 'v9', 'garbage'];
    expect(findNewestVersion(versions, range)).toBe(expected);
    expect(isRange(range)).toBe(true);
  });

  test('nonsense is no range', () => {
    expect(['production', '', ' ', 'v1.2.3; rm', `^${'1'.repeat(200)}`].map(isRange)).toEqual(Array(5).fill(false));
  });
});

describe('pre-releases', () => {
  test.each([
    ['feature/X_1', 'feature-x-1'],
    ['rc', 'rc'],
    ['--', 'branch'],
    ['007', 'branch-007'],
    ['Ünï/code', 'n-code'],
    [`${'long-'.repeat(20)}`, 'long-long-long-long-long-long-long-long'],
  ])('of %s are called %s', (branch, label) => {
    expect(labelPrerelease(branch)).toBe(label);
    expect(isVersion(`v1.0.0-${label}.1`)).toBe(true);
  });

  test('of any name at all are versions', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(isVersion(`v1.0.0-${labelPrerelease(name)}.1`)).toBe(true);
      }),
    );
  });

  test('are counted for each version and name', () => {
    const taken = new Set(['v1.5.0-rc.1', 'v1.5.0-rc.9', 'v1.5.0-beta.20', 'v1.4.0-rc.30', 'v1.5.0']);
    expect(countPrerelease('v1.5.0', 'rc', taken)).toBe('v1.5.0-rc.10');
    expect(countPrerelease('v1.6.0', 'rc', taken)).toBe('v1.6.0-rc.1');
  });
});
