import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/config/schema/modelgate.ts';
import { decide, evaluate, findBaseline, onlyCase } from './evaluations.ts';
import { createNormal, measurePair, Z95 } from './samples.ts';

/** A rule about a candidate beside a baseline on the same rows; their difference has a standard error of 0.01. */
function decideBeside(rule: Partial<Rule>, value: number, other: number, metric = 'accuracy') {
  const measurements = measurePair({
    '': { candidate: createNormal(value, 0.03), baseline: createNormal(other, 0.03) },
  });
  return decide(
    { metric, against: 'production', confidence: 0.95, ...rule },
    evaluate([{ name: metric, value }]),
    [findBaseline([{ name: metric, value: other }])],
    {},
    measurements,
  );
}

describe('with confidence a relative rule', () => {
  test.each<[rule: Partial<Rule>, value: number, outcome: string, reason: string]>([
    [
      { 'max-drop': 0.05 },
      0.9,
      'pass',
      'the drop from production is at most 0.01645 with 95 % confidence; 0.05 is allowed',
    ],
    [
      { 'max-drop': 0.05 },
      0.95,
      'pass',
      'the gain over production is at least 0.03355 with 95 % confidence; a drop of 0.05 is allowed',
    ],
    [
      { 'max-drop': 0.05 },
      0.8,
      'fail',
      'the drop from production is at least 0.08355 with 95 % confidence; 0.05 is allowed',
    ],
    [
      { 'max-drop': 0.05 },
      0.86,
      'cannot-measure',
      'cannot tell: the difference from production lies between -0.05645 and -0.02355; a drop of 0.05 is allowed; about 280 rows would settle it',
    ],
    [
      { 'min-gain': 0.02 },
      0.94,
      'pass',
      'the gain over production is at least 0.02355 with 95 % confidence; 0.02 is asked',
    ],
    [
      { 'min-gain': 0.05 },
      0.91,
      'fail',
      'the gain over production is at most 0.02645 with 95 % confidence; 0.05 is asked',
    ],
    [
      { 'min-gain': 0.02 },
      0.87,
      'fail',
      'the drop from production is at least 0.01355 with 95 % confidence; a gain of 0.02 is asked',
    ],
    [
      { 'min-gain': 0.02 },
      0.92,
      'cannot-measure',
      'cannot tell: the difference from production lies between 0.003551 and 0.03645; a gain of 0.02 is asked; no reasonable number of rows would settle it',
    ],
    [
      { within: 0.02 },
      0.9,
      'pass',
      'the difference from production lies between -0.01645 and 0.01645 with 95 % confidence; 0.02 either way is allowed',
    ],
    [
      { within: 0.02 },
      0.95,
      'fail',
      'the difference from production is at least 0.03355 with 95 % confidence; 0.02 either way is allowed',
    ],
    [
      { within: 0.02 },
      0.85,
      'fail',
      'the difference from production is at least 0.03355 with 95 % confidence; 0.02 either way is allowed',
    ],
    [
      { within: 0.02 },
      0.905,
      'cannot-measure',
      'cannot tell: the difference from production lies between -0.01145 and 0.02145; 0.02 either way is allowed; about 130 rows would settle it',
    ],
  ])('%j of %f beside 0.9 is a %s', (rule, value, outcome, reason) => {
    expect(decideBeside(rule, value, 0.9)).toMatchObject({ outcome, reason });
  });

  test.each<[rule: Partial<Rule>, value: number, outcome: string, reason: string]>([
    [
      { 'max-drop': 0.05 },
      0.2,
      'pass',
      'the rise over production is at most 0.01645 with 95 % confidence; 0.05 is allowed',
    ],
    [
      { 'max-drop': 0.05 },
      0.3,
      'fail',
      'the rise over production is at least 0.08355 with 95 % confidence; 0.05 is allowed',
    ],
    [
      { 'min-gain': 0.02 },
      0.15,
      'pass',
      'the fall from production is at least 0.03355 with 95 % confidence; 0.02 is asked',
    ],
    [
      { 'min-gain': 0.02 },
      0.25,
      'fail',
      'the rise over production is at least 0.03355 with 95 % confidence; a fall of 0.02 is asked',
    ],
    [{ within: 0.02 }, 0.2, 'pass', expect.stringContaining('lies between -0.01645 and 0.01645')],
  ])('%j of a metric that is good when low, %f beside 0.2, is a %s', (rule, value, outcome, reason) => {
    expect(decideBeside(rule, value, 0.2, 'log-loss')).toMatchObject({ outcome, reason });
  });

  test('tells the limits and the interval of the difference, and that rows were compared', () => {
    const found = onlyCase(decideBeside({ 'max-drop': 0.05 }, 0.9, 0.91));
    expect(found).toMatchObject({ baseline: 0.91, bounds: { paired: true, confidence: 0.95, error: 0.05 } });
    expect(found.difference).toBeCloseTo(-0.01, 12);
    expect(found.bounds?.low).toBeCloseTo(-0.01 - Z95 * 0.01, 12);
    expect(found.interval?.low).toBeCloseTo(-0.01 - 1.959963984540054 * 0.01, 12);
    expect(found.interval?.level).toBe(0.95);
  });

  test('beside an absolute condition tells the limits of the difference', () => {
    const found = onlyCase(decideBeside({ 'max-drop': 0.05, min: 0.5 }, 0.9, 0.91));
    expect(found.outcome).toBe('pass');
    expect(found.bounds?.low).toBeCloseTo(-0.01 - Z95 * 0.01, 12);
    expect(found.reason).toMatch(/^with 95 % confidence accuracy is at least .*; the drop from production is at most/);
  });
});

describe('a percentage of the baseline', () => {
  const decideShare = (rule: Partial<Rule>, value: number, other: number, metric: string, error = 0.01) => {
    const factors: number[] = [];
    const contrast = (factor: number) => {
      factors.push(factor);
      return createNormal(value - factor * other, error);
    };
    const cell = { candidate: createNormal(value, 0.03), baseline: createNormal(other, 0.03), contrast };
    const result = decide(
      { metric, against: 'production', confidence: 0.95, ...rule },
      evaluate([{ name: metric, value }]),
      [findBaseline([{ name: metric, value: other }])],
      {},
      measurePair({ '': cell }),
    );
    return { result, factors };
  };

  test.each<[metric: string, rule: Partial<Rule>, baseline: number, factor: number]>([
    ['accuracy', { 'max-drop': '10%' }, 0.8, 0.9],
    ['accuracy', { 'min-gain': '10%' }, 0.8, 1.1],
    ['log-loss', { 'max-drop': '10%' }, 0.8, 1.1],
    ['log-loss', { 'min-gain': '10%' }, 0.8, 0.9],
    ['mcc', { 'max-drop': '10%' }, -0.5, 1.1],
    ['mcc', { 'min-gain': '10%' }, -0.5, 0.9],
  ])('of %s with %j beside %f compares with %f times the baseline', (metric, rule, baseline, factor) => {
    const { factors } = decideShare(rule, baseline, baseline, metric);
    expect(factors).toContainEqual(expect.closeTo(factor, 12));
  });

  test('has limits of the difference beside what is allowed of it', () => {
    const { result } = decideShare({ 'max-drop': '10%' }, 0.85, 0.9, 'accuracy');
    const found = onlyCase(result);
    // 0.85 − 0.9 · 0.9 = 0.04, ± Z95 · 0.01; as a difference 0.09 less
    expect(found.bounds?.low).toBeCloseTo(0.04 - Z95 * 0.01 - 0.09, 12);
    expect(found.allowed?.low).toBeCloseTo(-0.09, 12);
    expect(result).toMatchObject({
      outcome: 'pass',
      reason: 'the drop from production is at most 0.06645 with 95 % confidence; 10% (0.09) is allowed',
    });
  });

  test('either way asks for both factors', () => {
    const { result, factors } = decideShare({ within: '10%' }, 0.9, 0.9, 'accuracy');
    expect(result.outcome).toBe('pass');
    expect([...new Set(factors)].sort()).toEqual([0.9, 1, 1.1]);
    expect(decideShare({ within: '10%' }, 0.7, 0.9, 'accuracy').result.outcome).toBe('fail');
    expect(decideShare({ within: '10%' }, 0.98, 0.9, 'accuracy').result.outcome).toBe('cannot-measure');
  });

  test.each<[rule: Partial<Rule>, value: number, outcome: string]>([
    // b = 0.02 may be −0.02 in truth: 10% of it is then on the other side, and a gain must hold there too.
    [{ 'min-gain': '100%' }, 0.3, 'pass'],
    [{ 'min-gain': '100%' }, -0.3, 'fail'],
    [{ 'max-drop': '100%' }, 0.3, 'pass'],
    [{ 'max-drop': '100%' }, -0.3, 'fail'],
  ])('of a baseline near 0 with %j at %f is a %s where either sign of it says so', (rule, value, outcome) => {
    expect(decideShare(rule, value, 0.02, 'mcc').result.outcome).toBe(outcome);
  });

  test('of a baseline whose sign is open cannot be measured where the sign decides', () => {
    // Below 0 · b = 0, where a positive baseline would fail it; of a negative one, 2 · b = 0.04 would have to be missed too.
    const contrast = (factor: number) => createNormal(factor < 1 ? -0.05 : 0.05, 0.01);
    const cell = { candidate: createNormal(-0.05, 0.03), baseline: createNormal(0.02, 0.03), contrast };
    const rule = { metric: 'mcc', against: 'production', confidence: 0.95, 'max-drop': '100%' };
    const own = evaluate([{ name: 'mcc', value: -0.05 }]);
    const result = decide(rule, own, [findBaseline([{ name: 'mcc', value: 0.02 }])], {}, measurePair({ '': cell }));
    expect(result).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'cannot tell: the sign of production’s number is open, so that 100% of it is no amount',
    });
    expect(onlyCase(result).rowsNeeded).toBeUndefined();
  });

  test('of a baseline of 0 cannot be measured', () => {
    expect(decideShare({ 'max-drop': '5%' }, 0.1, 0, 'accuracy').result.reason).toBe(
      '5% of a baseline of 0 is no amount; write a number instead',
    );
  });
});
