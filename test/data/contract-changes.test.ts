import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareContracts } from '../../src/data/changes/contract-changes.ts';
import type { Limit } from '../../src/data/checks/checks.ts';
import { isWithin } from '../../src/data/checks/limits.ts';
import { OPERATORS } from '../../src/data/contract/schema/quality.ts';
import { compareLimits } from '../../src/data/limit-order.ts';
import { contract } from './project.ts';

const FILE = 'contracts/birds.odcs.yaml';
const compare = (before: string | undefined, after: string | undefined) => compareContracts(FILE, before, after);
const brief = (before: string, after: string) => compare(before, after).map(({ subject, change }) => [subject, change]);

/** What a change of the one column does, and to what. */
const column = (before: object, after: object) =>
  brief(contract([{ name: 'x', ...before }]), contract([{ name: 'x', ...after }]));
const options = (logicalType: string, logicalTypeOptions: object) => ({ logicalType, logicalTypeOptions });
const quality = (...rules: object[]) => ({ quality: rules });
const valid = (values: unknown[], limit: object = { mustBe: 0 }) =>
  quality({ metric: 'invalidValues', arguments: { validValues: values }, ...limit });
const missing = (values: unknown[], limit: object) =>
  quality({ metric: 'missingValues', arguments: { missingValues: values }, ...limit });

describe('a column', () => {
  test.each<[what: string, before: object, after: object, changes: string[]]>([
    ['required', {}, { required: true }, ['tightened']],
    ['not required any more', { required: true }, {}, ['loosened']],
    ['unique', {}, { unique: true }, ['tightened']],
    ['not unique any more', { unique: true }, { unique: false }, ['loosened']],
    ['with a type', {}, { logicalType: 'integer' }, ['tightened']],
    ['without a type', { logicalType: 'string' }, {}, ['loosened']],
    ['of a wider type', { logicalType: 'integer' }, { logicalType: 'number' }, ['loosened']],
    ['of a narrower type', { logicalType: 'number' }, { logicalType: 'integer' }, ['tightened']],
    ['of another type', { logicalType: 'string' }, { logicalType: 'date' }, ['changed']],
    ['with a lower minimum', options('integer', { minimum: 2 }), options('integer', { minimum: 1 }), ['loosened']],
    ['with a higher minimum', options('integer', { minimum: 1 }), options('integer', { minimum: 2 }), ['tightened']],
    ['without minimum', options('integer', { minimum: 1 }), { logicalType: 'integer' }, ['loosened']],
    [
      'with an end that is left out',
      options('number', { maximum: 9 }),
      options('number', { exclusiveMaximum: 9 }),
      ['tightened'],
    ],
    [
      'with a lower end that is left out',
      options('number', { minimum: 9 }),
      options('number', { exclusiveMinimum: 1 }),
      ['loosened'],
    ],
    [
      'with a later last day',
      options('date', { maximum: '2026-01-31' }),
      options('date', { maximum: '2026-02-01' }),
      ['loosened'],
    ],
    [
      'with a later instant in another zone',
      options('timestamp', { minimum: '2026-01-31T12:00:00+02:00' }),
      options('timestamp', { minimum: '2026-01-31T11:00:00Z' }),
      ['tightened'],
    ],
    ['with longer texts', options('string', { maxLength: 5 }), options('string', { maxLength: 9 }), ['loosened']],
    ['with more characters', options('string', { minLength: 5 }), options('string', { minLength: 9 }), ['tightened']],
    ['with another pattern', options('string', { pattern: '^a' }), options('string', { pattern: '^b' }), ['changed']],
    [
      'with a coarser step',
      options('integer', { multipleOf: 2 }),
      options('integer', { multipleOf: 4 }),
      ['tightened'],
    ],
    ['with a finer step', options('integer', { multipleOf: 4 }), options('integer', { multipleOf: 2 }), ['loosened']],
    ['with another step', options('integer', { multipleOf: 4 }), options('integer', { multipleOf: 6 }), ['changed']],
    ['with more values', valid(['a', 'b']), valid(['b', 'c', 'a']), ['loosened']],
    ['with fewer values', valid(['a', 'b']), valid(['b']), ['tightened']],
    ['with other values', valid(['a', 'b']), valid(['b', 'c']), ['loosened', 'tightened']],
    ['with the same values', valid(['a', 'b']), valid(['b', 'a']), []],
    ['with a number for a text', valid(['1']), valid([1]), ['loosened', 'tightened']],
    [
      'with more values of which many must be wrong',
      valid(['a'], { mustBeGreaterThan: 5 }),
      valid(['a', 'b'], { mustBeGreaterThan: 5 }),
      ['changed'],
    ],
    [
      'with more ways to be missing',
      missing(['-'], { mustBeLessThan: 5 }),
      missing(['-', '?'], { mustBeLessThan: 5 }),
      ['tightened'],
    ],
    [
      'with a rule that only warns',
      quality({ metric: 'nullValues', mustBe: 0 }),
      quality({ metric: 'nullValues', mustBe: 0, severity: 'warning' }),
      ['loosened'],
    ],
    [
      'with a rule that is not checked any more',
      quality({ metric: 'nullValues', mustBe: 0 }),
      quality({ type: 'text', description: 'no gaps' }),
      ['loosened'],
    ],
    [
      'written in another way',
      { logicalType: 'date', logicalTypeOptions: { format: 'dd/MM/yyyy' } },
      { logicalType: 'date', logicalTypeOptions: { format: 'MM/dd/yyyy' } },
      ['changed'],
    ],
    [
      'with longer lists allowed',
      { logicalType: 'array', logicalTypeOptions: { maxItems: 2 } },
      { logicalType: 'array', logicalTypeOptions: { maxItems: 3 } },
      ['loosened'],
    ],
    [
      'with fewer keys needed',
      { logicalType: 'object', logicalTypeOptions: { required: ['a', 'b'] } },
      { logicalType: 'object', logicalTypeOptions: { required: ['a'] } },
      ['loosened'],
    ],
    [
      'with another query',
      quality({ type: 'sql', query: 'select 1', mustBe: 1 }),
      quality({ type: 'sql', query: 'select 2', mustBe: 1 }),
      ['changed'],
    ],
    ['called otherwise in the file', {}, { physicalName: 'y' }, ['changed']],
    ['shown to everybody', { classification: 'restricted' }, {}, ['changed']],
    ['described otherwise', { description: 'a' }, { description: 'b' }, []],
  ])('%s', (_what, before, after, changes) => {
    expect(column(before, after)).toEqual(changes.map((change) => ['x', change]));
  });

  test('that is gone or new is told once, with what it promises', () => {
    const wing = { name: 'wing', logicalType: 'number', required: true, logicalTypeOptions: { minimum: 0 } };
    const leg = { name: 'leg length' };
    expect(compare(contract([wing]), contract([leg]))).toEqual([
      {
        file: FILE,
        subject: 'wing',
        change: 'removed',
        before: 'a column: of type number, at least 0, required',
        after: null,
      },
      { file: FILE, subject: '"leg length"', change: 'added', before: null, after: 'a column' },
    ]);
  });
});

describe('a rule of the table', () => {
  const table = (before: object[], after: object[]) =>
    brief(contract([{ name: 'x' }, { name: 'y' }], before), contract([{ name: 'x' }, { name: 'y' }], after));
  const rows = (limit: object) => [{ metric: 'rowCount', ...limit }];

  test('about rows', () => {
    expect(table(rows({ mustBeGreaterThan: 100 }), rows({ mustBeGreaterThan: 10 }))).toEqual([['rows', 'loosened']]);
    expect(table([], rows({ mustBeGreaterThan: 10 }))).toEqual([['rows', 'tightened']]);
  });

  test('about columns together', () => {
    const unique = { metric: 'duplicateValues', arguments: { properties: ['x', 'y'] } };
    expect(table([{ ...unique, mustBe: 0 }], [{ ...unique, mustBeLessThan: 5, unit: 'percent' }])).toEqual([
      ['x, y', 'loosened'],
    ]);
  });

  test('is told in words', () => {
    const rule = { metric: 'nullValues', unit: 'percent' };
    const write = (limit: object) => contract([{ name: 'x', quality: [{ ...rule, ...limit }] }]);
    expect(compare(write({ mustBeLessOrEqualTo: 1 }), write({ mustBeLessOrEqualTo: 5 }))).toMatchObject([
      { before: 'rows without a value; at most 1%', after: 'rows without a value; at most 5%' },
    ]);
  });
});

describe('a contract', () => {
  const plain = contract([{ name: 'x' }]);

  test('that is the same, word for word or in another order, promises nothing otherwise', () => {
    const [a, b] = [
      { name: 'a', required: true },
      { name: 'b', unique: true },
    ];
    expect(compare(contract([a, b]), contract([b, a]))).toEqual([]);
    expect(compare('- {', '- {')).toEqual([]);
    expect(compare(undefined, undefined)).toEqual([]);
  });

  test('that is not there on one side is told as a whole', () => {
    const words = 'promises the columns x';
    const whole = { file: FILE, subject: 'the contract' };
    expect(compare(undefined, plain)).toEqual([{ ...whole, change: 'added', before: null, after: words }]);
    expect(compare(plain, undefined)).toEqual([{ ...whole, change: 'removed', before: words, after: null }]);
  });

  test.each([
    ['that is no YAML', '- {', 'cannot be read: line 1: this is not valid YAML'],
    ['that contradicts itself', contract([{ name: 'x' }, { name: 'x' }]), 'the property "x" is there twice'],
  ])('%s is told as one change, with the reason', (_what, broken, reason) => {
    const [change, ...others] = compare(plain, broken);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ subject: 'the contract', change: 'changed', before: 'promises the columns x' });
    expect(change?.after).toContain(reason);
  });

  test('of several tables is compared table by table', () => {
    const write = (tables: object[]) => contract([], [], { schema: tables });
    const [one, two] = ['one', 'two'].map((name) => ({ name, properties: [{ name: 'x' }] }));
    const strict = { name: 'two', properties: [{ name: 'x', required: true }] };
    expect(brief(write([one as object, strict]), write([two as object, one as object]))).toEqual([
      ['two.x', 'loosened'],
    ]);
    expect(brief(write([one as object, strict]), write([one as object, { name: 'three' }]))).toEqual([
      ['two', 'removed'],
      ['three', 'added'],
    ]);
  });

  test('of one table does not care for its name', () => {
    const write = (name: string) => contract([], [], { schema: [{ name, properties: [{ name: 'x' }] }] });
    expect(compare(write('one'), write('two'))).toEqual([]);
  });
});

describe('two limits', () => {
  const amount = fc.constantFrom(0, 1, 2, 3);
  const limit = fc.tuple(fc.constantFrom(...OPERATORS), amount, amount).map(([operator, one, other]): Limit => {
    const values = operator.endsWith('Between') ? [Math.min(one, other), Math.max(one, other)] : [one];
    return { operator, values, unit: 'percent' };
  });

  /** The oracle is `isWithin`, which decides the checks, at every amount where a limit may begin or end and between. */
  test('are ordered as the amounts that they let pass', () => {
    const amounts = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5];
    fc.assert(
      fc.property(limit, limit, (before, after) => {
        const passes = (one: Limit) => amounts.filter((value) => isWithin(one, value));
        const [old, now] = [passes(before), passes(after)];
        const grows = old.every((value) => now.includes(value));
        const shrinks = now.every((value) => old.includes(value));
        const expected = grows && shrinks ? [] : grows ? ['loosened'] : shrinks ? ['tightened'] : ['changed'];
        expect(compareLimits(before, after)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('of rows and of a percentage cannot be ordered, but none at all is none of both', () => {
    const of = (unit: Limit['unit'], value: number): Limit => ({
      operator: 'mustBeLessOrEqualTo',
      values: [value],
      unit,
    });
    expect(compareLimits(of('rows', 5), of('percent', 5))).toEqual(['changed']);
    expect(compareLimits(of('rows', 0), of('percent', 5))).toEqual(['loosened']);
    expect(compareLimits(of('percent', 5), undefined)).toEqual(['tightened']);
    expect(compareLimits(of('percent', 0), undefined)).toEqual([]);
  });
});
