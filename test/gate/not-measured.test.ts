import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/config/schema/modelgate.ts';
import type { Measurements } from '../../src/evaluation/samples.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { decide, evaluate, findBaseline, slice } from './evaluations.ts';
import { type Cell, createLimitless, createNormal, measure, measurePair } from './samples.ts';

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

describe('with confidence cannot be measured, each with its reason:', () => {
  const sure = { min: 0.9, confidence: 0.95 } as const;
  const beside = { against: 'production', 'max-drop': 0.05, confidence: 0.95 } as const;
  const known = createNormal(0.95, 0.01);
  const other = createNormal(0.94, 0.01);
  const nothing = { reason: 'no row is positive' };
  const whole = (cell: Cell) => measure({ '': cell });
  const pair = (cell: Cell) => measurePair({ '': cell });
  const unpaired: Measurements = {
    candidate: whole({ candidate: known }).candidate,
    pairs: new Map([['production', { reason: 'its predictions are not at hand' }]]),
  };

  test.each<[what: string, rule: Partial<Rule>, measurements: Measurements | undefined, reason: string]>([
    [
      'no predictions at hand, and nothing in the evidence to go by',
      sure,
      undefined,
      'there are no limits: the predictions are not at hand, and the evidence holds no interval of it',
    ],
    ['rows that the metric has no value on', sure, whole({ candidate: nothing }), 'no row is positive'],
    ['no rows', sure, measure({}), 'no row has ``'],
    ['a number that is none', sure, whole({ candidate: createNormal(Number.NaN, 0.01) }), '`accuracy` has no value'],
    [
      'resamples that do not vary',
      sure,
      whole({ candidate: createLimitless(0.95, 'the resamples do not vary') }),
      'there are no limits: the resamples do not vary',
    ],
    [
      'rows that give another number than the evidence',
      sure,
      whole({ candidate: createNormal(0.99, 0.01) }),
      'the predictions at hand come to 0.99, and the evidence says 0.95',
    ],
    [
      'limits around the line',
      { ...sure, min: 0.95 },
      whole({ candidate: known }),
      'cannot tell: accuracy lies between 0.9336 and 0.9664, around the 0.95 that is asked; no reasonable number of rows would settle it',
    ],
    [
      'limits without an end',
      { ...sure, min: 0.95 },
      whole({ candidate: limit(Number.NEGATIVE_INFINITY, 0.96) }),
      'cannot tell: accuracy lies under 0.96, around the 0.95 that is asked; no reasonable number of rows would settle it',
    ],
    [
      'too few rows',
      { ...sure, 'min-rows': 101 },
      whole({ candidate: known }),
      'it rests on 100 rows, and `min-rows` asks for 101',
    ],
    [
      'a baseline whose rows have no value',
      beside,
      pair({ candidate: known, baseline: nothing }),
      'production: no row is positive',
    ],
    [
      'no rows of the two together',
      beside,
      { ...unpaired, pairs: new Map([['production', measure({}).candidate]]) },
      'production: no row has ``',
    ],
    [
      'rows that give another number than the evidence beside a baseline',
      beside,
      pair({ candidate: createNormal(0.9, 0.01), baseline: other }),
      'the predictions at hand come to 0.9, and the evidence says 0.95',
    ],
    [
      'a difference that has no value',
      beside,
      pair({ candidate: known, baseline: other, contrast: () => nothing }),
      'no row is positive',
    ],
    [
      'a difference that is no number',
      beside,
      pair({ candidate: known, baseline: other, contrast: () => createNormal(Number.NaN, 0.01) }),
      'it has no value',
    ],
    [
      'a difference without limits',
      beside,
      pair({ candidate: known, baseline: other, contrast: () => createLimitless(0.01, 'the resamples do not vary') }),
      'there are no limits: the resamples do not vary',
    ],
    [
      'a baseline without predictions, of which the evidence holds no interval',
      { ...beside, metric: 'mcc' },
      unpaired,
      'there are no limits: its predictions are not at hand, and the evidence holds no interval of it',
    ],
  ])('%s', (_what, rule, measurements, reason) => {
    const name = rule.metric ?? 'accuracy';
    // A share that is no number of rows, so that rows alone do not tell the limits.
    const n = measurements === undefined ? 7 : 100;
    const result = decide(
      rule,
      evaluate([{ name, value: 0.95, n }]),
      [findBaseline([{ name, value: 0.94 }])],
      {},
      measurements,
    );
    expect(result).toMatchObject({ outcome: 'cannot-measure', reason });
    expect(result.cases[0]?.outcome).toBe('cannot-measure');
  });

  test('a slice that vanished', () => {
    const own = evaluate([slice('sex', 'female', 0.95, 50)]);
    const baseline = findBaseline([slice('sex', 'male', 0.94, 50), slice('sex', 'female', 0.94, 50)]);
    const measurements = measurePair({ female: { candidate: known, baseline: other } });
    expect(decide({ ...beside, slice: 'sex' }, own, [baseline], {}, measurements)).toMatchObject({
      outcome: 'cannot-measure',
      reason: '1 of 2 values of sex cannot be measured: male: the evaluation holds no `accuracy` where `sex` is `male`',
    });
  });

  test('a baseline that is not there yet is not applicable', () => {
    const lookup = { name: 'production', state: 'none-yet', text: 'no tag' } as const;
    expect(decide(beside, evaluate([{ value: 0.95 }]), [lookup], {}, unpaired).outcome).toBe('not-applicable');
  });
});

test('whatever limits say, what is no number never passes', () => {
  const odd = [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -1, 0, 0.9, 0.95, 1, 2];
  for (const low of odd) {
    for (const high of odd) {
      const measurements = measure({ '': { candidate: limit(low, high) } });
      const rule = { min: 0.9, confidence: 0.95 };
      const { outcome } = decide(rule, evaluate([{ value: 0.95 }]), [], {}, measurements);
      const isFirm = low >= 0.9 && low <= high;
      expect(outcome === 'pass').toBe(isFirm);
    }
  }
});

function limit(low: number, high: number): Estimate {
  return { ...createLimitless(0.95, ''), computeLimits: () => ({ low, high }) };
}
