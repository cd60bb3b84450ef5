import { describe, expect, test } from 'vitest';
import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import { createConfig, decide, evaluate, onlyCase } from './evaluations.ts';
import { createLimitless, createNormal, measure, Z95 } from './samples.ts';

/** A rule about a value whose standard error is 0.01. */
function decideNear(rule: Partial<Rule>, value: number, more: Partial<Config> = {}) {
  const measurements = measure({ '': { candidate: createNormal(value, 0.01) } });
  return decide({ confidence: 0.95, ...rule }, evaluate([{ value }]), [], more, measurements);
}

describe('with confidence an absolute rule', () => {
  test.each<[rule: Partial<Rule>, value: number, outcome: string, reason: string]>([
    [{ min: 0.9 }, 0.93, 'pass', 'with 95 % confidence accuracy is at least 0.9136, over the 0.9 that is asked'],
    [{ min: 0.9 }, 0.87, 'fail', 'with 95 % confidence accuracy is at most 0.8864, under the 0.9 that is asked'],
    [
      { min: 0.9 },
      0.91,
      'cannot-measure',
      'cannot tell: accuracy lies between 0.8936 and 0.9264, around the 0.9 that is asked; about 280 rows would settle it',
    ],
    [
      { min: 0.9 },
      0.9,
      'cannot-measure',
      'cannot tell: accuracy lies between 0.8836 and 0.9164, around the 0.9 that is asked; no reasonable number of rows would settle it',
    ],
    // (Z95 · 0.01 / 0.0005)² = 1082 times the rows, and (Z95 · 0.01 / 0.00055)² = 894 times
    [{ min: 0.9 }, 0.9005, 'cannot-measure', expect.stringContaining('; no reasonable number of rows')],
    [{ min: 0.9 }, 0.90055, 'cannot-measure', expect.stringContaining('; about 90,000 rows would settle it')],
    [
      { metric: 'ece', max: 0.1 },
      0.07,
      'pass',
      'with 95 % confidence ece is at most 0.08645, under the 0.1 that is allowed',
    ],
    [
      { metric: 'ece', max: 0.1 },
      0.13,
      'fail',
      'with 95 % confidence ece is at least 0.1136, over the 0.1 that is allowed',
    ],
    [
      { min: 0.9, confidence: 0.5 },
      0.9001,
      'pass',
      'with 50 % confidence accuracy is at least 0.9001, over the 0.9 that is asked',
    ],
  ])('%j of %f is a %s', (rule, value, outcome, reason) => {
    const measurements = measure({ '': { candidate: createNormal(value, 0.01) } });
    const evaluation = evaluate([{ name: rule.metric ?? 'accuracy', value }]);
    const result = decide({ confidence: 0.95, ...rule }, evaluation, [], {}, measurements);
    expect(result).toMatchObject({ outcome, reason });
  });

  test('is held to the line by the limit, not by the number', () => {
    const line = 0.93 - Z95 * 0.01;
    expect(decideNear({ min: line - 1e-9 }, 0.93).outcome).toBe('pass');
    expect(decideNear({ min: line + 1e-9 }, 0.93).outcome).toBe('cannot-measure');
    const over = 0.93 + Z95 * 0.01;
    expect(decideNear({ min: over - 1e-9 }, 0.93).outcome).toBe('cannot-measure');
    expect(decideNear({ min: over + 1e-9 }, 0.93).outcome).toBe('fail');
  });

  test('tells its limits, their error and the rows that it needs', () => {
    const found = onlyCase(decideNear({ min: 0.9 }, 0.91));
    expect(found).toMatchObject({ candidate: 0.91, withinNoise: true, rowsNeeded: 280, allowed: { low: 0.9 } });
    expect(found.bounds).toMatchObject({ confidence: 0.95, error: 0.05, method: 'normal' });
    expect(found.bounds?.low).toBeCloseTo(0.91 - Z95 * 0.01, 12);
    expect(found.bounds?.high).toBeCloseTo(0.91 + Z95 * 0.01, 12);
    expect(found.bounds && 'paired' in found.bounds).toBe(false);
    const sure = onlyCase(decideNear({ min: 0.8 }, 0.91));
    expect(sure.withinNoise).toBe(false);
    expect(sure.rowsNeeded).toBeUndefined();
  });

  test('that is open needs as many rows as its worst condition', () => {
    const found = onlyCase(decideNear({ min: 0.895, max: 0.92 }, 0.91));
    // (Z95 · 0.01 / 0.015)² · 100 = 120.2 and (Z95 · 0.01 / 0.01)² · 100 = 270.6
    expect(found).toMatchObject({ outcome: 'cannot-measure', rowsNeeded: 280 });
  });

  test('fails when one of its conditions does, whatever the other', () => {
    expect(decideNear({ min: 0.8, max: 0.85 }, 0.91).reason).toBe(
      'with 95 % confidence accuracy is at least 0.8936, over the 0.85 that is allowed',
    );
  });

  test('of queries counts queries', () => {
    const measurements = measure({ '': { candidate: createNormal(0.91, 0.01) } });
    const rule = { metric: 'ndcg', min: 0.9, confidence: 0.95 };
    const evaluation = evaluate([{ name: 'ndcg', value: 0.91 }]);
    expect(decide(rule, evaluation, [], { task: 'ranking' }, measurements).reason).toContain('280 queries');
  });
});

describe('the error of limits', () => {
  const error = (budget: NonNullable<Config['gates']>['budget'], confidence = 0.95) => {
    const base = createConfig([]);
    const rule = { id: 'rule', metric: 'accuracy', min: 0.9, confidence };
    const gates = { rules: [rule], ...(budget ? { budget } : {}) };
    const measurements = measure({ '': { candidate: createNormal(0.99, 0.001) } });
    const result = decide(rule, evaluate([{ value: 0.99 }]), [], { ...base, gates }, measurements);
    return onlyCase(result);
  };

  test.each([
    [undefined, 0.95, 0.05],
    [{ id: 'b', verdicts: 10, adaptivity: 'none' }, 0.95, 0.005],
    // ease.ml/ci: with full adaptivity 2^H histories share the error
    [{ id: 'b', verdicts: 10, adaptivity: 'full' }, 0.95, 0.05 / 1024],
    [{ id: 'b', verdicts: 10 }, 0.95, 0.05 / 1024],
    [{ id: 'b', verdicts: 200 }, 0.99, 0.01 / 2 ** 200],
    [undefined, 0.5, 0.4999],
  ] as const)('of the budget %j at %f is %f', (budget, confidence, expected) => {
    expect(error(budget, confidence).bounds?.error).toBe(expected);
  });

  test('of more verdicts than doubles can tell cannot be measured', () => {
    expect(error({ id: 'b', verdicts: 2000 })).toMatchObject({
      outcome: 'cannot-measure',
      reason:
        'the 2000 verdicts of the budget leave no error that could be told from 0: allow fewer, or write `adaptivity: none` if nobody sees them',
    });
  });

  test('is what limits are asked for', () => {
    const found = error({ id: 'b', verdicts: 200 });
    // scipy.stats.norm.isf(0.05 / 2**200), SciPy 1.14
    expect(found.bounds?.low).toBeCloseTo(0.99 - 16.606795246560594 * 0.001, 12);
  });
});

test('limits that are no numbers decide nothing', () => {
  for (const limits of [
    { low: Number.NaN, high: Number.NaN },
    { low: 1, high: 0.9 },
  ]) {
    const candidate = { ...createLimitless(0.95, ''), computeLimits: () => limits };
    const rule = { min: 0.9, confidence: 0.95 };
    expect(decide(rule, evaluate([{ value: 0.95 }]), [], {}, measure({ '': { candidate } }))).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'there are no limits: its limits are no numbers',
    });
  }
});
