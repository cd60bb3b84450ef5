import { describe, expect, test } from 'vitest';
import { computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import {
  computeBennettEffect,
  computeBennettRows,
  computeHoeffdingEffect,
  computeHoeffdingRows,
} from '../../src/statistics/concentration.ts';
import {
  findPairedEffect,
  findPairedRows,
  findProportionEffect,
  findProportionRows,
} from '../../src/statistics/sample-sizes.ts';
import { computeDifferenceTail } from '../../src/statistics/trinomial-tail.ts';
import { divideError } from '../../src/statistics/verdict-error.ts';

describe('rows by an inequality', () => {
  test('are those that ease.ml/ci prints', () => {
    // Renggli et al. (2019), introduction: a single accuracy to one point at reliability 0.9999 takes more than 46 thousand rows
    expect(computeHoeffdingRows(0.01, 1e-4, 1)).toBe(46_052);
    // Its §4: Bennett with p = 0.1 against Hoeffding with a range of 2, by hand: ln(1e4) / (0.1 · h(0.1))
    expect(computeBennettRows(0.01, 1e-4, 0.1)).toBe(19_025);
    expect(computeHoeffdingRows(0.01, 1e-4, 2)).toBe(184_207);
  });

  test('and the smallest effect at that many undo each other', () => {
    for (const tail of [0.05, 1e-10, 1e-62]) {
      for (const effect of [0.2, 0.01, 1e-5]) {
        const [hoeffding, bennett] = [computeHoeffdingRows(effect, tail, 1), computeBennettRows(effect, tail, 0.05)];
        expect(computeHoeffdingEffect(hoeffding, tail, 1) / effect).toBeCloseTo(1, 1);
        expect(computeBennettEffect(bennett, tail, 0.05) / effect).toBeCloseTo(1, 1);
        expect(computeBennettEffect(bennett, tail, 0.05)).toBeLessThanOrEqual(effect);
      }
    }
  });
});

describe('rows for a proportion', () => {
  test('resolve the effect exactly, and one row fewer does not', () => {
    const { rows, method } = findProportionRows(0.02, 0.05, 0.95);
    expect(method).toBe('exact-binomial');
    expect(computeUpperTail(rows * 0.97, rows, 0.95)).toBeLessThanOrEqual(0.05);
    expect(computeUpperTail((rows - 1) * 0.97, rows - 1, 0.95)).toBeGreaterThan(0.05);
    expect(rows).toBeLessThan(computeHoeffdingRows(0.02, 0.05, 1));
  });

  test('grow with the verdicts that are seen', () => {
    const rows = [1, 32, 200].map(
      (verdicts) => findProportionRows(0.02, divideError(0.05, verdicts, 'full'), 0.9).rows,
    );
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(rows[2]).toBeGreaterThan(20 * (rows[0] ?? Number.NaN));
  });

  test('are never enough for more than everything', () => {
    expect(findProportionRows(0.1, 0.05, 0.95).rows).toBe(Number.POSITIVE_INFINITY);
    expect(findProportionEffect(20, 0.05, 0.95).effect).toBe(Number.POSITIVE_INFINITY);
    expect(findProportionEffect(1000, 0, 0.95).effect).toBe(Number.POSITIVE_INFINITY);
  });

  test('are undone by the smallest effect', () => {
    const { rows } = findProportionRows(0.02, 1e-12, 0.9);
    expect(findProportionEffect(rows, 1e-12, 0.9).effect).toBeCloseTo(0.02, 4);
  });
});

describe('rows for a paired difference', () => {
  test('are fewest by the exact sum, then by Bennett, then by Hoeffding', () => {
    const { rows, method } = findPairedRows(0.01, 0.05, 0.05);
    expect(method).toBe('exact-trinomial');
    expect(rows).toBeLessThan(computeBennettRows(0.01, 0.05, 0.05));
    expect(computeDifferenceTail(Math.ceil(rows * 0.01), rows, 0.025, 0.025)).toBeLessThanOrEqual(0.05);
  });

  test('beyond what can be summed are Bennett’s', () => {
    expect(findPairedRows(1e-5, 0.05, 0.1).method).toBe('bennett');
    expect(findPairedEffect(1e9, 0.05, 0.1).method).toBe('bennett');
  });

  test('are never enough for a difference beyond the disagreement', () => {
    expect(findPairedRows(0.06, 0.05, 0.05).rows).toBe(Number.POSITIVE_INFINITY);
    expect(findPairedEffect(10, 1e-62, 0.05).effect).toBe(Number.POSITIVE_INFINITY);
  });

  test('count from the margin of a rule', () => {
    const [equal, drop] = [findPairedEffect(2000, 0.05, 0.1), findPairedEffect(2000, 0.05, 0.1, -0.01)];
    expect(drop.effect).toBeGreaterThan(0.9 * equal.effect);
    expect(drop.effect).toBeLessThan(1.1 * equal.effect);
  });
});
