import { describe, expect, test } from 'vitest';
import { findHolmError } from '../../src/gate/holm-error.ts';
import { decide, evaluate, slice } from './evaluations.ts';
import { createNormal, measure } from './samples.ts';
import { finish } from './steps.ts';

const VALUES = { a: 0.875, b: 0.88, c: 0.95 } as const;
const RULE = { slice: 'sex', min: 0.9, confidence: 0.95 } as const;

function decideSlices(rule: object, values: Readonly<Record<string, number>> = VALUES) {
  const cells = Object.entries(values).map(([name, value]) => [name, { candidate: createNormal(value, 0.01) }]);
  const evaluation = evaluate(Object.entries(values).map(([name, value]) => slice('sex', name, value, 100)));
  return decide({ ...RULE, ...rule }, evaluation, [], {}, measure(Object.fromEntries(cells)));
}

describe('over the slices of one rule', () => {
  test('without correction each fails at the full error', () => {
    expect(decideSlices({}).cases.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'pass']);
  });

  test('Holm corrects fails, and what is no fail any more is not measured', () => {
    // p = P(Z > 2.5) = 0.0062 ≤ 0.05 / 3, then P(Z > 2) = 0.0228 ≤ 0.05 / 2
    const both = decideSlices({ correction: 'holm' });
    expect(both.cases.map(({ outcome, bounds }) => [outcome, bounds?.error])).toEqual([
      ['fail', 0.05],
      ['fail', 0.05],
      ['pass', 0.05],
    ]);
    // p = P(Z > 2) = 0.0228 > 0.05 / 3: none
    const none = decideSlices({ correction: 'holm' }, { a: 0.88, b: 0.881, c: 0.95 });
    expect(none.cases.map(({ outcome, bounds }) => [outcome, bounds?.error])).toEqual([
      ['cannot-measure', 0.05 / 3],
      ['cannot-measure', 0.05 / 3],
      ['pass', 0.05],
    ]);
    expect(none.cases[0]?.bounds?.high).toBeGreaterThan(0.9);
  });

  test('Holm lets pass what passes without it', () => {
    const sure = { a: 0.92, b: 0.93, c: 0.917 };
    expect(decideSlices({ correction: 'holm' }, sure).outcome).toBe('pass');
    expect(decideSlices({}, sure).outcome).toBe('pass');
  });
});

test('the worst slice comes first in the reason', () => {
  const result = decideSlices({}, { a: 0.87, b: 0.8, c: 0.85, d: 0.95 });
  expect(result.reason).toMatch(/^3 of 4 values of sex fail: b: .*; c: .*; a: [^;]*$/);
  const open = decideSlices({}, { a: 0.905, b: 0.895, c: 0.9 });
  expect(open.reason).toMatch(/^3 of 3 values of sex cannot be measured: b: .*; c: .*; a: /);
});

test('what lies on the good side is not asked for limits', () => {
  const line = { end: 'low', at: 0.9, strict: false } as const;
  const asked: number[] = [];
  const watch = (value: number) => {
    const { computeLimits, ...rest } = createNormal(value, 0.01);
    const note = (tail: number) => {
      asked.push(value);
      return computeLimits(tail);
    };
    return { ...rest, computeLimits: note };
  };
  const claims = [0.8, 0.95, 0.91].map((value) => ({ line, estimate: watch(value) }));
  expect(finish(findHolmError(claims, 0.05))).toBe(0.025);
  expect(new Set(asked)).toEqual(new Set([0.8]));
});
