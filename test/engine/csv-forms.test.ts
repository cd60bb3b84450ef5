import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findForm, joinNoted } from '../../src/engine/csv-forms.ts';
import { CsvScanner } from '../../src/engine/csv-scanner.ts';
import { FaultList } from '../../src/engine/fault-list.ts';
import { Workshop } from './workshop.ts';

function scan(text: string, size = text.length) {
  const scanner = new CsvScanner(new FaultList());
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) scanner.push(bytes.subarray(start, start + size));
  scanner.end();
  return scanner;
}

/** What is known of the first of two columns. */
function note(values: readonly string[]) {
  const [noted] = scan(`v,w\n${values.map((value) => `${value},x\n`).join('')}`).columns;
  if (!noted) throw new Error('the scan has no columns');
  return noted;
}

const formOf = (values: readonly string[]) => findForm(note(values));

test.each([
  ['integer', ['1', '', '-20', '007', '+3']],
  ['number', ['1', '-2.5', '.5', '1e-7']],
  ['date', ['2024-01-31', '', '1999-12-31']],
  ['timestamp', ['2024-01-31 23:59:59', '2024-02-30 00:00:00']],
])('values are all of the form %s, where they are written so', (form, values) => {
  expect(formOf(values)).toBe(form);
});

test.each([
  ['an underscore', ['1', '1_000']],
  ['a space', ['1', ' 2']],
  ['letters', ['1', '0x1F']],
  ['a quote', ['1', '"2"']],
  ['a colon for a digit', ['2024-01-31 23:59:59', '2024-01-31 2::59:59']],
  ['that there is no value', ['', '']],
  ['a date among timestamps', ['2024-01-31 23:59:59', '2024-01-31']],
])('%s is of no form', (_name, values) => {
  expect(formOf(values)).toBeUndefined();
});

test.each([
  ['a month of one digit', '2024-1-310'],
  ['a sign for a digit', '2024-01--1'],
  ['a year before Christ', '-024-01-31'],
])('%s keeps dates from being of the form of dates', (_name, other) => {
  // Of digits and signs alone, they are of the form of whole numbers, which none of them is.
  expect(formOf(['2024-01-31', other])).toBe('integer');
  expect(formOf([other, '2024-01-31'])).toBe('integer');
});

test('the header has no part in it, and a value that two pieces share has', () => {
  const text = 'a,b,c\r\n1,2024-01-31,x\r\n2,2024-02-01,y\r\n';
  for (const size of [1, 2, 3, 7, 11, 100]) {
    const scanner = scan(text, size);
    expect(scanner.columns.map(findForm)).toEqual(['integer', 'date', undefined]);
    expect([scanner.records, scanner.longest, scanner.ending, scanner.isSteady]).toEqual([2, 14, '\r\n', true]);
  }
});

test('several files are of one form where each is, and whole numbers are numbers', () => {
  const formOfAll = (...files: readonly (readonly string[])[]) => findForm(joinNoted(files.map(note)));
  expect(formOfAll(['2024-01-31'], [''], ['1999-12-31'])).toBe('date');
  expect(formOfAll(['1', '2'], ['1.5'])).toBe('number');
  expect(formOfAll(['1.5'], ['2024-01-31 10:00:00'])).toBeUndefined();
  expect(formOfAll([], [''])).toBeUndefined();
  expect(formOfAll(['1'], ['x'])).toBeUndefined();
});

test.each([
  ['an empty value', ['a', ''], { hasGap: true, hasFigures: false }],
  ['an empty value in quotes', ['a', '""'], { hasGap: false, hasFigures: true }],
  ['a number', ['a', '12.0'], { hasGap: false, hasFigures: true }],
  ['a number in quotes', ['a', '"12.0"'], { hasGap: false, hasFigures: true }],
  ['a long number', ['a', '123456789012345678.0'], { hasGap: false, hasFigures: true }],
  ['letters alone', ['a', 'u12', 'é 1.0', 'a long text without any number'], { hasGap: false, hasFigures: false }],
])('%s is noted, wherever it stands', (_name, values, expected) => {
  expect(note(values)).toMatchObject(expected);
  expect(note(values.toReversed())).toMatchObject(expected);
  expect(joinNoted(values.map((value) => note([value])))).toMatchObject(expected);
});

test('what is of a form and the engine reads is written strictly, as its lenient readers would not ask', async () => {
  const workshop = await Workshop.open();
  const engine = await workshop.engine();
  const pieces = '0123456789+-.eE: '.split('');
  const near = fc.tuple(fc.constantFrom('2024-01-31', '1999-12-05 10:20:30', '-12.5e3', '120'), fc.nat(18));
  const value = near.chain(([text, at]) =>
    fc.constantFrom(...pieces).map((c) => text.slice(0, at) + c + text.slice(at + 1)),
  );
  const STRICT = {
    integer: ['bigint', /^[+-]?[0-9]+$/],
    number: ['double', /^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$/],
    date: ['date', /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/],
    timestamp: ['timestamp', /^[0-9]{4}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/],
  } as const;
  try {
    for (const text of fc.sample(value, { numRuns: 3000, seed: 7 })) {
      const form = formOf([text]);
      if (form === undefined) continue;
      const [type, pattern] = STRICT[form];
      if (pattern.test(text)) continue;
      const [row] = await engine.rows(`select try_cast('${text}' as ${type}) is null as refused`);
      expect([text, row]).toEqual([text, { refused: true }]);
    }
  } finally {
    await workshop.close();
  }
});
