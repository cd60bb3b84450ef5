import { expect, test } from 'vitest';
import * as numbers from '../../src/report/numbers.ts';

test.each([
  [111 / 115, '0.9652'],
  [0.9, '0.9000'],
  [1, '1.000'],
  [0, '0'],
  [-0.25, '−0.2500'],
  [12.3456, '12.35'],
  [123, '123'],
  [1234.56, '1,235'],
  [1_234_567.8, '1,234,568'],
  [0.000012345, '1.23e−5'],
  [1e12, '1,000,000,000,000'],
  [null, '–'],
  [Number.NaN, '–'],
])('a metric of %s reads %s', (value, text) => {
  expect(numbers.formatMetric(value)).toBe(text);
});

test.each([
  [-1 / 115, '−0.0087'],
  [0.0123, '+0.0123'],
  [0, '0'],
  [0.00001, '+1e−5'],
  [-12.5, '−12.50'],
  [null, '–'],
])('a difference of %s reads %s', (value, text) => {
  expect(numbers.formatDifference(value)).toBe(text);
});

test.each([
  [0, '0%'],
  [1, '100%'],
  [0.0131, '1.3%'],
  [0.00001, '<0.1%'],
  [0.99999, '>99.9%'],
])('a share of %s reads %s, and only none and all read as 0%% and 100%%', (share, text) => {
  expect(numbers.formatShare(share)).toBe(text);
});

test.each([
  [0.42, '0.4 s'],
  [42.4, '42 s'],
  [185, '3 min 5 s'],
  [3600, '1 h'],
  [7799, '2 h 10 min'],
])('%s seconds read %s', (seconds, text) => {
  expect(numbers.formatDuration(seconds)).toBe(text);
});

test.each([
  [812, '812 B'],
  [12_700, '12.4 KiB'],
  [16 * 1024 ** 3, '16 GiB'],
])('%s bytes read %s', (bytes, text) => {
  expect(numbers.formatSize(bytes)).toBe(text);
});

test('an interval reads low – high, a level as per cent, a count with its thousands apart', () => {
  expect(numbers.formatInterval({ low: 0.91234, high: 0.967 })).toBe('0.912 – 0.967');
  expect(numbers.formatLevel(0.95)).toBe('95%');
  expect(numbers.formatLevel(0.9975)).toBe('99.75%');
  expect(numbers.formatAmount(1204, 'row')).toBe('1,204 rows');
  expect(numbers.formatAmount(1, 'row')).toBe('1 row');
});

test('digests and instants are short', () => {
  expect(numbers.formatDigest(`sha256:${'ab'.repeat(32)}`)).toBe('abababababab');
  expect(numbers.formatInstant('2026-11-22T09:00:04.200Z')).toBe('2026-11-22 09:00 UTC');
});
