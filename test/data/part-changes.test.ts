import { expect, test } from 'vitest';
import { compareContracts } from '../../src/data/changes/contract-changes.ts';
import { contract } from './project.ts';

/** How a change of what an object holds is told. */
function compare(before: readonly object[], after: readonly object[]): unknown[] {
  const write = (properties: readonly object[]) =>
    contract([{ name: 'a', logicalType: 'object', logicalTypeOptions: { minProperties: 1 }, properties }]);
  return compareContracts('c.yaml', write(before), write(after)).map((change) => [
    change.subject,
    change.change,
    change.before,
    change.after,
  ]);
}

const CITY = { name: 'city', logicalType: 'string', required: true, logicalTypeOptions: { minLength: 4 } };
const dated = (format: string) => ({ name: 'day', logicalType: 'date', logicalTypeOptions: { format } });

test.each<[string, readonly object[], readonly object[], readonly unknown[]]>([
  ['nothing', [CITY], [CITY], []],
  [
    'a bound',
    [CITY],
    [{ ...CITY, logicalTypeOptions: { minLength: 2 } }],
    [['a.city', 'loosened', 'at least 4 characters long', 'at least 2 characters long']],
  ],
  ['a promise that goes', [CITY], [{ ...CITY, required: false }], [['a.city', 'loosened', 'required', null]]],
  [
    'a key of the same promises as another',
    [{ name: 'x', logicalType: 'string' }],
    [{ name: 'y', logicalType: 'string' }],
    [
      ['a.x', 'loosened', 'of type string', null],
      ['a.y', 'tightened', null, 'of type string'],
    ],
  ],
  [
    'how dates are written',
    [dated('dd/MM/yyyy')],
    [dated('MM/dd/yyyy')],
    [['a.day', 'changed', 'of type date, written as "dd/MM/yyyy"', 'of type date, written as "MM/dd/yyyy"']],
  ],
])('a change of a part of a column is told by its path: %s', (_what, before, after, told) => {
  expect(compare(before, after)).toEqual(told);
});
