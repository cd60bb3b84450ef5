import { describe, expect, test } from 'vitest';
import { adjustBenjaminiHochberg, adjustHolm } from '../../src/statistics/holm.ts';
import { divideError } from '../../src/statistics/verdict-error.ts';

describe('corrections for several tests', () => {
  test('keep the order of what they are given', () => {
    // R 4.2, p.adjust of the same numbers
    expect(adjustHolm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    const found = adjustBenjaminiHochberg([0.01, 0.04, 0.03, 0.005]);
    for (const [place, expected] of [0.02, 0.04, 0.04, 0.02].entries()) expect(found[place]).toBeCloseTo(expected, 15);
  });

  test('of nothing are nothing, and of one change nothing', () => {
    expect(adjustHolm([])).toEqual([]);
    expect(adjustHolm([0.2])).toEqual([0.2]);
    expect(adjustBenjaminiHochberg([0.2])).toEqual([0.2]);
  });

  test.each([[[Number.NaN]], [[0.1, -0.1]], [[1.1]]])('refuse %j', (pValues) => {
    expect(() => adjustHolm(pValues)).toThrow('no p-value');
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
