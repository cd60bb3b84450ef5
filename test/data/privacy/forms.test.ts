import { describe, expect, test } from 'vitest';
import { isTelling } from '../../../src/data/privacy/decision.ts';
import { FORMS } from '../../../src/data/privacy/forms/forms.ts';
import type { Fragment } from '../../../src/data/privacy/fragments.ts';
import { searchFragments } from '../../../src/data/privacy/search.ts';
import { VALID_IDS } from './valid-ids.ts';

/** What a column of these values holds; each value is its own piece. */
function search(values: readonly string[]): string[] {
  const fragments = values.map((fragment, id): Fragment => ({ id, fragment, inText: /\p{L}{3}/u.test(fragment) }));
  return [...new Set(searchFragments(FORMS, fragments).map(({ form }) => form.name))];
}

describe('one value is enough', () => {
  test.each<[string, string]>([
    ['ada@example.org', 'e-mail addresses'],
    ['mailto:Ada.Lovelace+lab@sub.example.co.uk?subject=x', 'e-mail addresses'],
    ['jürgen@müller.de', 'e-mail addresses'],
    ['{"to":"o\'neil@example.com"}', 'e-mail addresses'],
    ['+49 30 1234567', 'phone numbers'],
    ['+44 (0)20 7946 0958', 'phone numbers'],
    ['+14155550123', 'phone numbers'],
    ['(415) 555-0123', 'phone numbers'],
    ['call 415-555-0123', 'phone numbers'],
    ['call 06 12 34 56 78', 'phone numbers'],
    ['call 0049 30 1234567', 'phone numbers'],
    // Numbers that the networks publish for tests.
    ['4111 1111 1111 1111', 'payment cards'],
    ['5500-0000-0000-0004', 'payment cards'],
    ['3782 822463 10005', 'payment cards'],
    ['paid with 4111111111111111.', 'payment cards'],
    // Examples of the IBAN Registry and of Wikipedia's article.
    ['DE89 3704 0044 0532 0130 00', 'IBANs'],
    ['iban GB82WEST12345698765432, thanks', 'IBANs'],
    ['FR14 2004 1010 0505 0001 3M02 606', 'IBANs'],
    ['NO93 8601 1117 947 THANK YOU', 'IBANs'],
    ['from 203.0.113.77 port 22', 'IP addresses'],
    ['2001:db8:85a3::8a2e:370:7334', 'IP addresses'],
    ['SSN: 219-09-9998', 'US social security numbers'],
    // Wikipedia: the number of the example of the article on the INSEE code.
    ['2 55 08 14 168 025 38', 'French social security numbers'],
    ['529.982.247-25', 'Brazilian CPFs'],
    ['RSSMRA85T10A562S', 'Italian tax codes'],
  ])('%s', (value, name) => {
    expect(search([value])).toEqual([name]);
  });
});

describe('a near miss is none', () => {
  test.each<[string, string[]]>([
    [
      'an address that is none',
      ['user@localhost', 'a@b', '@handle', 'x @ y.org', 'ada@.org', 'ada@example.1', 'a..b@example.org'],
    ],
    [
      'a file, a package and a path',
      ['icon@2x.png', 'react@18.2.0', 'git@github.com:org/repo.git', 'https://bob@host.example.org/x'],
    ],
    ['a handle', ['@ada@social.example', 'user@host.local']],
    ['signed numbers', ['+2147483647', '+4294967296', '+1234567', '+12.5', '+9223372036854775807']],
    ['zones and dates', ['+02:00', '2024-01-01T12:00:00+02:00', '2024-01-01 12:30', '20240101123045', '01.02.2024']],
    ['numbers in groups', ['115-111-0123', '123-456-78901', '12-34-56-78-90', '12 345 678 901', 'ref 911-234-5678']],
    [
      'cards without the check digit or an issuer',
      ['paid with 4111111111111112', 'paid with 1234567812345670', '4111 1111 1111 1112'],
    ],
    [
      'longer numbers',
      [
        'pay 41111111111111111111',
        '4111 1111 1111 1111 1111',
        'id A4111111111111111',
        'x 0.4111111111111111',
        'x 4111111111111111.5',
        'x 4111111111111111-1',
      ],
    ],
    [
      'times as numbers, barcodes',
      ['at 1700000000000000', 'at 1700000000000', 'EAN 4006381333931', 'item 4000000000000000'],
    ],
    [
      'account numbers with a wrong check, length or country',
      [
        'DE89370400440532013001',
        'DE8937040044053201300',
        'DE893704004405320130000',
        'ZZ89370400440532013000',
        'XDE89370400440532013000',
      ],
    ],
    [
      'versions and sections',
      ['1.2.3.4', '10.0.1.4', 'version 21.35.40.1', 'v 120.30.40.50', '96.0.4664.110', '1.3.6.1.4.1.311'],
    ],
    [
      'addresses of nobody',
      [
        '127.0.0.1',
        '0.0.0.0',
        '255.255.255.255',
        '10.20.0.0/16',
        '192.168.001.010',
        '256.300.20.30',
        'http://203.0.113.77/x',
      ],
    ],
    [
      'clocks and hardware',
      ['12:34:56', '00:1a:2b:3c:4d:5e', '::1', 'std::vector', '1:2:3:4:5:6:7:8', 'aa:bb:cc:dd:ee:ff:00:11'],
    ],
    [
      'numbers in the groups of an SSN',
      ['123-45-6789', 'SSN 000-12-3456', 'SSN 666-12-3456', 'SSN 912-12-3456', 'SSN 123-00-4567', 'CAS 123-45-6'],
    ],
    [
      'identifiers',
      [
        '550e8400-e29b-41d4-a716-446655440000',
        'd41d8cd98f00b204e9800998ecf8427e',
        'RSSMRA85T10A562T',
        'ABCDEF12G34H567I',
      ],
    ],
    [
      'one number with a check digit by chance',
      ['111222333', '12345678Z', '44051401359', '9434765919', '86095742719', '131052-308T'],
    ],
  ])('%s', (_, values) => {
    for (const value of values) expect([value, search([value])]).toEqual([value, []]);
  });
});

describe('numbers that chance could give count together', () => {
  test.each(Object.entries(VALID_IDS))('%s', (name, values) => {
    expect(search(values)).toContain(name);
    // The same with another last character, as numbers without a check would have it.
    const others = values.flatMap((value) => [...'13579'].map((last) => value.slice(0, -1) + last));
    expect(search(others)).not.toContain(name);
  });

  test('a column of nine digits, of which one in eleven keeps the test of 11', () => {
    for (const first of [100_000_000, 123_456_789, 200_000_000]) {
      const ids = Array.from({ length: 2000 }, (_, at) => String(first + at));
      expect(search(ids)).toEqual([]);
    }
  });

  test('columns of identifiers of every length', () => {
    for (let length = 7; length <= 19; length += 1) {
      for (const start of ['1', '4', '5', '62', '9']) {
        const ids = Array.from(
          { length: 500 },
          (_, at) => start + String((at * 7919) % 10 ** 6).padStart(length - start.length, '0'),
        );
        expect([length, start, search(ids)]).toEqual([length, start, []]);
      }
    }
  });

  test('books, whose ISBN-10 keeps the check of an NHS number unless it ends in X', () => {
    const books = Array.from({ length: 500 }, (_, at) => {
      const body = String(100_000_000 + at * 123_457).slice(0, 9);
      const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
      const check = (11 - (sum % 11)) % 11;
      return `${body}${check === 10 ? 'X' : check}`;
    });
    expect(search(books)).toEqual([]);
  });
});

test('US social security numbers have no check: only a long column of nothing else tells', () => {
  const numbers = Array.from({ length: 140 }, (_, at) => `${200 + at}-${10 + (at % 80)}-${1000 + at * 37}`);
  expect(search(numbers)).toEqual(['US social security numbers']);
  expect(search(numbers.slice(0, 100))).toEqual([]);
  expect(search(numbers.map((number, at) => (at % 10 === 0 ? `9${number.slice(1)}` : number)))).toEqual([]);
});

test('one in a million: what chance may give a column', () => {
  const form = { chance: 0.1, alone: 'nowhere' } as const;
  expect(isTelling(form, { shaped: 5, confirmed: 5, inText: true })).toBe(false);
  expect(isTelling(form, { shaped: 6, confirmed: 6, inText: false })).toBe(true);
  // Far beyond chance, and yet not most of them.
  expect(isTelling(form, { shaped: 1000, confirmed: 400, inText: false })).toBe(false);
  expect(isTelling({ chance: 0.9, alone: 'nowhere' }, { shaped: 131, confirmed: 131, inText: false })).toBe(false);
  expect(isTelling({ chance: 0.9, alone: 'nowhere' }, { shaped: 132, confirmed: 132, inText: false })).toBe(true);
});
