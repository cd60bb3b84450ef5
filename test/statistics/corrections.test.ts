import { describe, expect, test } from 'vitest';
import { adjustBenjaminiHochberg } from '../../src/statistics/false-discovery.ts';
import { divideError } from '../../src/statistics/verdict-error.ts';

describe('the correction for many tests', () => {
  test('keeps the order of what it is given', () => {
    // R 4.2, p.adjust of the same numbers
    const found = adjustBenjaminiHochberg([0.01, 0.04, 0.03, 0.005]);
    for (const [place, expected] of [0.02, 0.04, 0.04, 0.02].entries()) expect(found[place]).toBeCloseTo(expected, 15);
  });

  test('of nothing is nothing, and of one changes nothing', () => {
    expect(adjustBenjaminiHochberg([])).toEqual([]);
    expect(adjustBenjaminiHochberg([0.2])).toEqual([0.2]);
  });

  test.each([[[Number.NaN]], [[0.1, -0.1]], [[1.1]]])('refuses %j', (pValues) => {
    expect(() => adjustBenjaminiHochberg(pValues)).toThrow('no p-value');
  });
});

describe('the error of each verdict', () => {
  test('is a share of the whole for verdicts that nobody sees', () => {
    expect(divideError(0.05, 20, 'none')).toBe(0.0025);
    expect(divideError(0.05, 1, 'none')).toBe(0.05);
  });

  test('is halved by each verdict that is seen', () => {
    expect(divideError(0.05, 1, 'full')).toBe(0.025);
    expect(divideError(0.05, 200, 'full')).toBe(0.05 * 2 ** -200);
    expect(divideError(0.05, 5000, 'full')).toBe(0);
  });
});
