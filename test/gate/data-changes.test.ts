import { describe, expect, test } from 'vitest';
import type { Config, DataCheckConfig } from '../../src/config/schema/modelgate.ts';
import { compareRules } from '../../src/gate/rule-changes.ts';
import { createConfig } from './evaluations.ts';

const BARE = createConfig([]);
const both = (one: Partial<Config>, other: Partial<Config>) =>
  compareRules({ ...BARE, ...one }, { ...BARE, ...other }).map(({ id, change }) => [id, change]);

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
