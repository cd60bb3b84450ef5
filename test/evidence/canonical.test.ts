import { describe, expect, test } from 'vitest';
import { renderCanonical } from '../../src/evidence/canonical.ts';

describe('the canonical text', () => {
  test('sorts keys at every depth and keeps the order of lists', () => {
    expect(renderCanonical({ b: [{ z: 1, a: 2 }, 1], a: null })).toBe(
      '{\n  "a": null,\n  "b": [\n    {\n      "a": 2,\n      "z": 1\n    },\n    1\n  ]\n}\n',
    );
  });

  test.each([
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.333333333333'],
    [123456789.1234567, '123456789.123'],
    [-0, '0'],
    [1e-300, '1e-300'],
    [9007199254740991, '9007199254740991'],
  ])('rounds %d to 12 significant digits: %s', (value, text) => {
    expect(renderCanonical(value)).toBe(`${text}\n`);
  });

  test('is the same for what differs only in the last digits of a sum', () => {
    expect(renderCanonical(0.1 + 0.2 + 0.3)).toBe(renderCanonical(0.3 + 0.2 + 0.1));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('never holds %d', (value) => {
    expect(() => renderCanonical({ value })).toThrow('may not hold');
  });

  test('leaves out what is undefined', () => {
    expect(renderCanonical({ a: undefined })).toBe('{}\n');
  });
});
