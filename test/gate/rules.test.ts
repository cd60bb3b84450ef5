import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeRule } from '../../src/gate/rule-text.ts';
import { decideRules } from '../../src/gate/rules.ts';
import { createConfig, decide, evaluate, findBaseline, locate, onlyCase } from './evaluations.ts';

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

describe('a relative condition', () => {
  const production = { against: 'production' } as const;
  const better = findBaseline([{ value: 0.9 }]);

  test.each([
    [{ 'max-drop': 0.05 }, 0.85, 'pass', '0.85 is 0.05 below the 0.9 of production; `max-drop` is at most 0.05'],
    [{ 'max-drop': 0.05 }, 0.84, 'fail', '0.84 is 0.06 below the 0.9 of production; `max-drop` is at most 0.05'],
    [{ 'max-drop': 0 }, 0.9, 'pass', '0.9 equals production; `max-drop` is at most 0'],
    [{ 'max-drop': '10%' }, 0.81, 'pass', '0.81 is 0.09 below the 0.9 of production; `max-drop` is at most 10%'],
    [{ 'max-drop': '10%' }, 0.8, 'fail', '0.8 is 0.1 below the 0.9 of production; `max-drop` is at most 10%'],
    [{ 'min-gain': 0.02 }, 0.92, 'pass', '0.92 is 0.02 above the 0.9 of production; `min-gain` is at least 0.02'],
    [{ 'min-gain': 0.02 }, 0.91, 'fail', '0.91 is 0.01 above the 0.9 of production; `min-gain` is at least 0.02'],
    [{ within: 0.02 }, 0.92, 'pass', '0.92 is 0.02 above the 0.9 of production; `within` is 0.02'],
    [{ within: 0.02 }, 0.87, 'fail', '0.87 is 0.03 below the 0.9 of production; `within` is 0.02'],
  ] as const)('%j of %f is a %s', (rule, value, outcome, reason) => {
    const result = decide({ ...production, ...rule }, evaluate([{ value }]), [better]);
    expect(result).toMatchObject({ outcome, reason });
    expect(onlyCase(result).difference).toBeCloseTo(value - 0.9, 12);
  });

  test.each([
    [{ 'max-drop': 0.05 }, 0.25, 'pass'],
    [{ 'max-drop': 0.05 }, 0.26, 'fail'],
    [{ 'min-gain': 0.05 }, 0.15, 'pass'],
    [{ 'min-gain': 0.05 }, 0.16, 'fail'],
    [{ within: '50%' }, 0.3, 'pass'],
    [{ within: '50%' }, 0.31, 'fail'],
  ] as const)('%j of a metric that is better when lower, at %f against 0.2, is a %s', (rule, value, outcome) => {
    const metric = 'log-loss';
    const baseline = findBaseline([{ name: metric, value: 0.2 }]);
    expect(decide({ ...production, ...rule, metric }, evaluate([{ name: metric, value }]), [baseline]).outcome).toBe(
      outcome,
    );
  });

  test('gives the allowed range of the difference, and no interval of the candidate alone', () => {
    const found = onlyCase(
      decide({ ...production, 'max-drop': 0.05 }, evaluate([{ value: 0.88, interval }]), [better]),
    );
    expect(found.allowed?.low).toBeCloseTo(-0.05, 12);
    expect(found).toMatchObject({ baseline: 0.9, withinNoise: true });
    expect(found.interval).toBeUndefined();
  });

  test('of a percentage of 0 cannot be measured', () => {
    const result = decide({ ...production, 'max-drop': '5%' }, evaluate([{ value: 0 }]), [
      findBaseline([{ value: 0 }]),
    ]);
    expect(result).toMatchObject({
      outcome: 'cannot-measure',
      reason: '5% of a baseline of 0 is no amount; write a number instead',
    });
  });

  test('is not applicable while there is provably no baseline', () => {
    const result = decide({ ...production, 'max-drop': 0.05 }, evaluate([{ value: 0.9 }]), [
      { name: 'production', state: 'none-yet', text: 'no tag of this stage' },
    ]);
    expect(result).toMatchObject({
      outcome: 'not-applicable',
      reason: 'production has no release yet: no tag of this stage',
    });
  });

  test('that is not applicable leaves an absolute one of the same rule to decide', () => {
    const lookup = { name: 'production', state: 'none-yet', text: 'no tag' } as const;
    const rule = { ...production, 'max-drop': 0.05, min: 0.9 };
    expect(decide(rule, evaluate([{ value: 0.95 }]), [lookup]).outcome).toBe('pass');
    expect(decide(rule, evaluate([{ value: 0.85 }]), [lookup])).toMatchObject({
      outcome: 'fail',
      reason: '0.85 is under 0.9',
    });
  });

  test('beside an absolute one: both must hold', () => {
    const rule = { ...production, 'max-drop': 0.05, min: 0.8 };
    expect(decide(rule, evaluate([{ value: 0.84 }]), [better]).outcome).toBe('fail');
    expect(decide(rule, evaluate([{ value: 0.86 }]), [better]).outcome).toBe('pass');
    const unavailable = { name: 'production', state: 'unavailable', text: 'no network' } as const;
    expect(decide(rule, evaluate([{ value: 0.86 }]), [unavailable]).outcome).toBe('cannot-measure');
    expect(decide(rule, evaluate([{ value: 0.7 }]), [unavailable]).outcome).toBe('fail');
  });

  test('of the same model on other rows is a difference of 0 by definition', () => {
    const own = evaluate([{ value: 0.9, interval }]);
    const again = evaluate([{ value: 0.7 }], { testSet: { ...testSetOf(own), sha256: `sha256:${'1'.repeat(64)}` } });
    const baseline = { name: 'production', state: 'found', text: 'v1', evaluation: again } as const;
    const result = decide({ ...production, 'max-drop': 0 }, own, [baseline]);
    expect(onlyCase(result)).toMatchObject({ outcome: 'pass', difference: 0, baseline: 0.9, withinNoise: false });
    expect(decide({ ...production, 'min-gain': 0.01 }, own, [baseline]).outcome).toBe('fail');
  });

  test('of the same model on the same rows is what was measured, so that other prediction code shows', () => {
    const baseline = {
      name: 'production',
      state: 'found',
      text: 'v1',
      evaluation: evaluate([{ value: 0.9 }]),
    } as const;
    expect(decide({ ...production, 'max-drop': 0.05 }, evaluate([{ value: 0.5 }]), [baseline]).outcome).toBe('fail');
  });

  test('finds a baseline of a file or of a run folder by its name', () => {
    const named = { ...better, name: 'file:base.csv' };
    const rule = { against: { file: 'base.csv' }, 'max-drop': 0.05 };
    expect(decide(rule, evaluate([{ value: 0.9 }]), [named]).outcome).toBe('pass');
    const run = { against: { run: 'runs/old' }, 'max-drop': 0.05 };
    expect(decide(run, evaluate([{ value: 0.9 }]), [{ ...better, name: 'run:runs/old' }]).outcome).toBe('pass');
  });
});

describe('cannot be measured, each with its reason:', () => {
  const relative = { against: 'production', 'max-drop': 0.05 } as const;
  const own = evaluate([{ value: 0.9 }]);

  test.each([
    ['no evaluation', { min: 0.9 }, undefined, [], 'there is no evaluation to judge'],
    [
      'an evaluation that measured nothing',
      { min: 0.9 },
      evaluate([], { outcome: 'cannot-measure', reason: 'The labels are gone.' }),
      [],
      'The labels are gone.',
    ],
    ['a metric that is absent', { min: 0.9, metric: 'mcc' }, own, [], 'the evaluation holds no `mcc`'],
    [
      'a metric without a value',
      { min: 0.9 },
      evaluate([{ value: null, reason: 'no row is positive' }]),
      [],
      'no row is positive',
    ],
    ['a metric that is not a number', { min: 0.9 }, evaluate([{ value: Number.NaN }]), [], '`accuracy` has no value'],
    ['too few rows', { min: 0.9, 'min-rows': 101 }, own, [], 'it rests on 100 rows, and `min-rows` asks for 101'],
    ['a baseline that nobody looked up', relative, own, [], 'the baseline production was not looked up'],
    [
      'a baseline that is not available',
      relative,
      own,
      [{ name: 'production', state: 'unavailable', text: 'no network' }],
      'production is not available: no network',
    ],
    [
      'a baseline without the metric',
      relative,
      own,
      [findBaseline([{ name: 'mcc', value: 1 }])],
      'production: the evaluation holds no `accuracy`',
    ],
    [
      'a baseline without a value',
      relative,
      own,
      [findBaseline([{ value: null, reason: 'nothing there' }])],
      'production: nothing there',
    ],
    [
      'a baseline on another test set',
      relative,
      own,
      [
        findBaseline([{ value: 0.9 }], {
          testSet: { path: 'data/test.csv', size: 1, sha256: `sha256:${'1'.repeat(64)}` },
        }),
      ],
      `production was measured on another test set (sha256:${'1'.repeat(64)}), so the rows are not the same`,
    ],
    [
      'a baseline whose test set is not known',
      relative,
      own,
      [findBaseline([{ value: 0.9 }], { testSet: null })],
      'production: it is not known which test set it was measured on',
    ],
    [
      'a baseline on other rows',
      relative,
      own,
      [findBaseline([{ value: 0.9, n: 99 }])],
      'production rests on 99 rows, the candidate on 100',
    ],
    [
      'a baseline of another model',
      relative,
      own,
      [findBaseline([{ value: 0.9 }], { model: 'whales' })],
      'production is of another model, whales',
    ],
    [
      'a baseline of another task',
      relative,
      own,
      [findBaseline([{ value: 0.9 }], { task: 'regression' })],
      'production was evaluated as a regression',
    ],
    [
      'a baseline for another positive class',
      { ...relative, metric: 'f1', positive: 'a' },
      evaluate([{ name: 'f1', positive: 'a', value: 1 }]),
      [findBaseline([{ name: 'f1', positive: 'b', value: 1 }])],
      'production: the evaluation holds no `f1`',
    ],
  ] as const)('%s', (_name, rule, evaluation, baselines, reason) => {
    expect(decide(rule, evaluation, baselines)).toMatchObject({ outcome: 'cannot-measure', reason });
  });
});

describe('a rule in words', () => {
  test.each([
    [{ min: 0.9 }, 'accuracy of at least 0.9'],
    [{ min: 0.5, max: 0.9 }, 'accuracy of at least 0.5 and of at most 0.9'],
    [{ against: 'production', 'max-drop': 0.05 }, 'accuracy at most 0.05 below production'],
    [{ against: 'base', 'min-gain': '5%' }, 'accuracy at least 5% above base'],
    [{ against: { file: 'b.csv' }, within: 0.1 }, 'accuracy within 0.1 of file:b.csv'],
    [{ metric: 'log-loss', against: 'production', 'max-drop': 0.05 }, 'log-loss at most 0.05 above production'],
    [{ metric: 'log-loss', against: 'production', 'min-gain': 0.05 }, 'log-loss at least 0.05 below production'],
    [
      { min: 0.85, slice: 'sex', 'min-rows': 20 },
      'accuracy of at least 0.85 for every value of sex on at least 20 rows',
    ],
    [
      { metric: 'demographic-parity-difference', positive: 'Adelie', group: 'sex', max: 0.2 },
      'demographic-parity-difference between the values of sex for the class Adelie of at most 0.2',
    ],
  ])('%j', (rule, text) => {
    expect(describeRule({ id: 'rule', metric: 'accuracy', ...rule })).toBe(text);
  });
});

test('every rule is decided, in the order of the file and with its place', () => {
  const rules = [
    { id: 'b', metric: 'accuracy', min: 0.5 },
    { id: 'a', metric: 'accuracy', min: 0.99, level: 'warn' },
  ] as const;
  const results = decideRules(createConfig(rules), locate, evaluate([{ value: 0.9 }]), []);
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

function testSetOf(evaluation: ReturnType<typeof evaluate>) {
  if (!evaluation.testSet) throw new Error('no test set');
  return evaluation.testSet;
}
