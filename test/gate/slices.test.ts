import { describe, expect, test } from 'vitest';
import { findRowEvaluation } from '../../src/config/row-evaluation.ts';
import { createConfig, decide, evaluate, findBaseline, slice } from './evaluations.ts';
import { createNormal, measure, measurePair } from './samples.ts';

const rule = { slice: 'sex', min: 0.8 };

describe('a rule over a slice', () => {
  test('judges every value, and the worst decides', () => {
    const evaluation = evaluate([slice('sex', 'male', 0.7, 50), slice('sex', 'female', 0.9, 50), { value: 0.9 }]);
    const result = decide(rule, evaluation);
    expect(result.outcome).toBe('fail');
    expect(result.reason).toBe('1 of 2 values of sex fail: male: 0.7 is under 0.8');
    expect(result.cases.map((entry) => [entry.slice, entry.outcome, entry.n])).toEqual([
      ['female', 'pass', 50],
      ['male', 'fail', 50],
    ]);
  });

  test('passes when all values pass', () => {
    const evaluation = evaluate([slice('sex', 'male', 0.8, 50), slice('sex', 'female', 0.9, 50)]);
    expect(decide(rule, evaluation)).toMatchObject({ outcome: 'pass', reason: 'all 2 values of sex pass' });
  });

  test('puts a fail before what cannot be measured, and that before a pass', () => {
    const passing = slice('sex', 'a', 0.9, 50);
    const unknown = { ...slice('sex', 'b', null, 50), reason: 'nothing predicted' };
    expect(decide(rule, evaluate([passing, unknown])).outcome).toBe('cannot-measure');
    expect(decide(rule, evaluate([passing, unknown, slice('sex', 'c', 0.1, 50)])).outcome).toBe('fail');
  });

  test('cannot be measured when the evaluation has no such slices', () => {
    expect(decide(rule, evaluate([{ value: 0.9 }, slice('site', 'x', 1, 5)]))).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'the evaluation holds no `accuracy` by `sex`',
    });
  });

  test('lists at most three cases in its reason, and all of them as cases', () => {
    const evaluation = evaluate(['a', 'b', 'c', 'd'].map((value) => slice('sex', value, 0.1, 50)));
    const result = decide(rule, evaluation);
    expect(result.reason).toMatch(/^4 of 4 values of sex fail: a: .*; b: .*; c: [^;]*; …$/);
    expect(result.cases).toHaveLength(4);
  });
});

describe('values under min-rows', () => {
  const small = { ...rule, 'min-rows': 20 };

  test('are judged together, weighted by their rows, and listed', () => {
    const evaluation = evaluate([slice('sex', 'male', 0.9, 50), slice('sex', 'x', 0.5, 10), slice('sex', 'y', 1, 15)]);
    const result = decide(small, evaluation);
    const pool = result.cases[1];
    expect(pool).toMatchObject({ slice: 'other (2 values: x, y)', n: 25, candidate: 0.8, outcome: 'pass' });
    // scipy.stats.beta.ppf(0.025, 20, 6) and beta.ppf(0.975, 21, 5), SciPy 1.14: Clopper and Pearson for 20 of 25
    expect(pool?.interval?.low).toBeCloseTo(0.5929625677213228, 12);
    expect(pool?.interval?.high).toBeCloseTo(0.931688535987516, 12);
  });

  test('fail together', () => {
    const evaluation = evaluate([slice('sex', 'x', 0.5, 10), slice('sex', 'y', 0.8, 15)]);
    const result = decide(small, evaluation);
    expect(result).toMatchObject({ outcome: 'fail', reason: 'other (2 values: x, y): 0.68 is under 0.8' });
  });

  test('cannot be measured when they are too few together', () => {
    const evaluation = evaluate([slice('sex', 'male', 0.9, 50), slice('sex', 'x', 1, 3), slice('sex', 'y', 1, 4)]);
    expect(decide(small, evaluation)).toMatchObject({
      outcome: 'cannot-measure',
      reason:
        '1 of 2 values of sex cannot be measured: other (2 values: x, y): it rests on 7 rows, and `min-rows` asks for 20',
    });
  });

  test('cannot be measured together in a metric that does not add up', () => {
    const evaluation = evaluate(
      [slice('sex', 'x', 1, 15), slice('sex', 'y', 1, 15)].map((metric) => ({ ...metric, name: 'macro-f1' })),
    );
    expect(decide({ ...small, metric: 'macro-f1' }, evaluation)).toMatchObject({
      outcome: 'cannot-measure',
      reason: expect.stringContaining('macro-f1 of small slices together does not follow from their own'),
    });
  });

  test('cannot be measured when one of them has no value', () => {
    const evaluation = evaluate([
      slice('sex', 'x', 1, 15),
      { ...slice('sex', 'y', null, 15), reason: 'nothing there' },
    ]);
    expect(decide(small, evaluation)).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'other (2 values: x, y): nothing there',
    });
  });

  test('have their root mean squares pooled under the root', () => {
    const evaluation = evaluate(
      [slice('sex', 'x', 3, 10), slice('sex', 'y', 1, 30)].map((metric) => ({ ...metric, name: 'rmse' })),
    );
    const result = decide({ metric: 'rmse', slice: 'sex', max: 2, 'min-rows': 31 }, evaluation);
    // (10 · 9 + 30 · 1) / 40 = 3
    expect(result.cases[0]?.candidate).toBeCloseTo(Math.sqrt(3), 12);
  });
});

describe('a slice beside its baseline', () => {
  const relative = { slice: 'sex', against: 'production', 'max-drop': 0.05 };

  test('is compared value by value', () => {
    const own = evaluate([slice('sex', 'male', 0.7, 50), slice('sex', 'female', 0.9, 50)]);
    const baseline = findBaseline([slice('sex', 'male', 0.9, 50), slice('sex', 'female', 0.9, 50)]);
    expect(decide(relative, own, [baseline]).cases.map((entry) => [entry.slice, entry.outcome])).toEqual([
      ['female', 'pass'],
      ['male', 'fail'],
    ]);
  });

  test('is compared pool by pool', () => {
    const own = evaluate([slice('sex', 'x', 0.8, 10), slice('sex', 'y', 1, 10)]);
    const baseline = findBaseline([slice('sex', 'x', 1, 10), slice('sex', 'y', 0.9, 10)]);
    const [pool] = decide({ ...relative, 'min-rows': 15 }, own, [baseline]).cases;
    expect(pool).toMatchObject({ candidate: 0.9, baseline: 0.95, outcome: 'pass', n: 20 });
  });

  test('that vanished cannot be measured', () => {
    const own = evaluate([slice('sex', 'female', 0.9, 50)]);
    const baseline = findBaseline([slice('sex', 'male', 0.9, 50), slice('sex', 'female', 0.9, 50)]);
    const result = decide(relative, own, [baseline]);
    expect(result.outcome).toBe('cannot-measure');
    expect(result.cases[1]).toMatchObject({
      slice: 'male',
      outcome: 'cannot-measure',
      reason: 'the evaluation holds no `accuracy` where `sex` is `male`',
    });
  });

  test('that is new cannot be measured', () => {
    const own = evaluate([slice('sex', 'female', 0.9, 50), slice('sex', 'male', 0.9, 50)]);
    const result = decide(relative, own, [findBaseline([slice('sex', 'female', 0.9, 50)])]);
    expect(result.cases[1]?.reason).toBe('production: the evaluation holds no `accuracy` where `sex` is `male`');
    expect(result.outcome).toBe('cannot-measure');
  });

  test('is not applicable while there is no baseline', () => {
    const own = evaluate([slice('sex', 'female', 0.9, 50), slice('sex', 'male', 0.9, 50)]);
    const lookup = { name: 'production', state: 'none-yet', text: 'no tag' } as const;
    expect(decide(relative, own, [lookup])).toMatchObject({
      outcome: 'not-applicable',
      reason: 'production has no release yet: no tag',
    });
  });
});

test('a difference between groups is judged once, and its smallest group must have min-rows', () => {
  const parity = { metric: 'demographic-parity-difference', positive: 'a', group: 'sex', max: 0.2 };
  const evaluation = evaluate([
    { name: 'demographic-parity-difference', positive: 'a', group: 'sex', value: 0.1, n: 12 },
  ]);
  expect(decide(parity, evaluation).outcome).toBe('pass');
  expect(decide({ ...parity, 'min-rows': 20 }, evaluation).outcome).toBe('cannot-measure');
  expect(decide({ ...parity, group: 'site' }, evaluation).outcome).toBe('cannot-measure');
});

describe('with the rows at hand', () => {
  const small = { ...rule, 'min-rows': 20 };
  const evaluation = evaluate(
    [slice('sex', 'x', 0.5, 10), slice('sex', 'y', 1, 15)].map((metric) => ({ ...metric, name: 'macro-f1' })),
  );

  test('small values are measured together in any metric', () => {
    const measurements = measure({ 'x+y': { candidate: createNormal(0.7, 0.01) } });
    const [pool] = decide({ ...small, metric: 'macro-f1' }, evaluation, [], {}, measurements).cases;
    expect(pool).toMatchObject({ slice: 'other (2 values: x, y)', n: 25, candidate: 0.7, outcome: 'fail' });
    expect(pool?.interval).toMatchObject({ level: 0.95, method: 'normal' });
    expect(pool?.interval?.low).toBeCloseTo(0.7 - 0.01959963984540054, 12);
  });

  test('small values that have no number together cannot be measured', () => {
    const measurements = measure({ 'x+y': { candidate: { reason: 'no row is positive' } } });
    expect(decide({ ...small, metric: 'macro-f1' }, evaluation, [], {}, measurements)).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'other (2 values: x, y): no row is positive',
    });
  });

  test('small values are compared with their baseline together', () => {
    const cell = { candidate: createNormal(0.7, 0.01), baseline: createNormal(0.8, 0.01) };
    const relative = { slice: 'sex', against: 'production', 'max-drop': 0.05, 'min-rows': 20, metric: 'macro-f1' };
    const baseline = findBaseline([]);
    const result = decide(relative, evaluation, [baseline], {}, measurePair({ 'x+y': cell }));
    expect(result).toMatchObject({ outcome: 'fail', cases: [{ candidate: 0.7, baseline: 0.8 }] });
  });

  test('a value that the baseline was never measured on is compared all the same', () => {
    const cell = { candidate: createNormal(0.9, 0.01), baseline: createNormal(0.9, 0.01) };
    const relative = { slice: 'sex', against: 'production', 'max-drop': 0.05 };
    const own = evaluate([slice('sex', 'male', 0.9, 50)]);
    expect(decide(relative, own, [findBaseline([])], {}, measurePair({ male: cell })).outcome).toBe('pass');
  });
});

test('weighted rows are not pooled by their number', () => {
  const evaluation = evaluate([slice('sex', 'x', 0.5, 10), slice('sex', 'y', 1, 15)]);
  const base = findRowEvaluation(createConfig([]));
  const weighted = base ? { evaluate: { ...base, labels: { ...base.labels, weight: 'w' } } } : {};
  expect(decide({ ...rule, 'min-rows': 20 }, evaluation, [], weighted).reason).toContain(
    'accuracy of small slices together does not follow from their own',
  );
});

test('the values of two columns taken together are judged one by one', () => {
  const both = { slice: ['island', 'sex'], min: 0.8 };
  const evaluation = evaluate([
    slice('island × sex', 'Dream × male', 0.7, 50),
    slice('island × sex', 'Dream × female', 0.9, 50),
  ]);
  expect(decide(both, evaluation)).toMatchObject({
    outcome: 'fail',
    reason: '1 of 2 values of island × sex fail: Dream × male: 0.7 is under 0.8',
  });
});
