import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRules } from '../../src/gate/rules.ts';
import { createConfig, decide, evaluate, findBaseline, locate, onlyCase } from './evaluations.ts';
import { finish } from './steps.ts';

const interval = { low: 0.85, high: 0.95, level: 0.95, method: 'Wilson' };

describe('an absolute condition', () => {
  test.each([
    [{ min: 0.9 }, 0.9, 'pass', '0.9 is at least 0.9'],
    [{ min: 0.9 }, 0.87, 'fail', '0.87 is under 0.9'],
    [{ max: 0.2 }, 0.2, 'pass', '0.2 is at most 0.2'],
    [{ max: 0.2 }, 0.25, 'fail', '0.25 is over 0.2'],
    [{ min: 0.9 }, 0.899996, 'fail', '0.899996 is under 0.9'],
    [{ min: 0.8, max: 0.9 }, 0.85, 'pass', '0.85 is at least 0.8; 0.85 is at most 0.9'],
    [{ min: 0.8, max: 0.9 }, 0.95, 'fail', '0.95 is over 0.9'],
  ] as const)('%j of %f is a %s', (rule, value, outcome, reason) => {
    expect(decide(rule, evaluate([{ value }]))).toMatchObject({ outcome, reason });
  });

  test('shows the interval, the allowed range and whether the line lies within noise', () => {
    const close = onlyCase(decide({ min: 0.9 }, evaluate([{ value: 0.91, interval }])));
    expect(close).toMatchObject({ candidate: 0.91, interval, allowed: { low: 0.9 }, withinNoise: true, n: 100 });
    expect(onlyCase(decide({ min: 0.8 }, evaluate([{ value: 0.91, interval }]))).withinNoise).toBe(false);
    expect(onlyCase(decide({ min: 0.8 }, evaluate([{ value: 0.91 }]))).withinNoise).toBe(false);
  });

  test('takes numbers that differ by rounding for one', () => {
    expect(decide({ min: 0.3 }, evaluate([{ value: 0.1 + 0.2 }])).outcome).toBe('pass');
    expect(decide({ max: 0.3 }, evaluate([{ value: 0.1 + 0.2 }])).outcome).toBe('pass');
  });
});

test('every rule is decided, in the order of the file and with its place', () => {
  const rules = [
    { id: 'b', metric: 'accuracy', min: 0.5 },
    { id: 'a', metric: 'accuracy', min: 0.99, level: 'warn' },
  ] as const;
  const results = finish(decideRules(createConfig(rules), locate, evaluate([{ value: 0.9 }]), []));
  expect(results.map(({ id, level, outcome, waived }) => [id, level, outcome, waived])).toEqual([
    ['b', 'error', 'pass', false],
    ['a', 'warn', 'fail', false],
  ]);
  expect(results[0]?.place).toEqual({ file: 'modelgate.yml', line: 1, column: 1 });
});

test('a better value never turns a pass into a fail', () => {
  const number = fc.double({ min: 0, max: 1, noNaN: true });
  const rule = fc.oneof(
    number.map((min) => ({ min })),
    number.map((drop) => ({ against: 'production', 'max-drop': drop })),
    number.map((gain) => ({ against: 'production', 'min-gain': gain })),
  );
  fc.assert(
    fc.property(rule, number, number, number, (condition, baseline, one, two) => {
      const [worse, better] = [Math.min(one, two), Math.max(one, two)].map(
        (value) => decide(condition, evaluate([{ value }]), [findBaseline([{ value: baseline }])]).outcome,
      );
      if (worse === 'pass') expect(better).toBe('pass');
    }),
  );
});
