import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/config/schema/modelgate.ts';
import { decide, evaluate, findBaseline, onlyCase } from './evaluations.ts';
import { createLimitless, createNormal, measurePair } from './samples.ts';

const GAIN = { against: 'production', 'min-gain': 0 } as const;
const DROP = { against: 'production', 'max-drop': 0 } as const;

describe('without a tolerance', () => {
  test('a gain of 0 means strictly better, and a drop of 0 no worse', () => {
    const outcomes = [0.89, 0.9, 0.91].map((value) =>
      [GAIN, DROP].map((rule) => decide(rule, evaluate([{ value }]), [findBaseline([{ value: 0.9 }])]).outcome),
    );
    expect(outcomes).toEqual([
      ['fail', 'fail'],
      ['fail', 'pass'],
      ['pass', 'pass'],
    ]);
  });

  test('the reason says that more than 0 is asked', () => {
    expect(decide(GAIN, evaluate([{ value: 0.9 }]), [findBaseline([{ value: 0.9 }])]).reason).toBe(
      '0.9 equals production; `min-gain` is over 0',
    );
  });

  /** Limits alone would decide otherwise than the exact test. */
  function decideExactly(rule: Partial<Rule>, above: number, below: number, metric = 'accuracy') {
    const sign = { method: 'exact-mcnemar', above, below };
    const contrast = (factor: number) => createNormal(0.91 - factor * 0.9, 0.01, { sign, method: 'tango' });
    const cell = { candidate: createNormal(0.91, 0.03), baseline: createNormal(0.9, 0.03), contrast };
    return decide(
      { metric, confidence: 0.95, ...rule },
      evaluate([{ name: metric, value: 0.91 }]),
      [findBaseline([{ name: metric, value: 0.9 }])],
      {},
      measurePair({ '': cell }),
    );
  }

  test.each<[rule: Partial<Rule>, above: number, below: number, outcome: string, reason: string]>([
    [GAIN, 0.03, 0.99, 'pass', 'it is better than production with 95 % confidence (exact-mcnemar, p = 0.03)'],
    [DROP, 0.05, 0.99, 'pass', 'it is better than production with 95 % confidence (exact-mcnemar, p = 0.05)'],
    [GAIN, 0.99, 0.0123456, 'fail', 'it is worse than production with 95 % confidence (exact-mcnemar, p = 0.012)'],
    [DROP, 0.99, 0.05, 'fail', 'it is worse than production with 95 % confidence (exact-mcnemar, p = 0.05)'],
    [
      GAIN,
      0.06,
      0.97,
      'cannot-measure',
      // (1.6449 / 1.5548)² · 100 = 111.9
      'cannot tell: the difference from production lies between -0.006449 and 0.02645; a gain is asked; about 120 rows would settle it',
    ],
    [DROP, 0.6, 0.6, 'cannot-measure', expect.stringContaining('no drop is allowed; no reasonable number of rows')],
  ])('%j the exact test decides at %f and %f: %s', (rule, above, below, outcome, reason) => {
    expect(decideExactly(rule, above, below)).toMatchObject({ outcome, reason });
  });

  test('what is good when low is better below', () => {
    expect(decideExactly(GAIN, 0.99, 0.01, 'log-loss')).toMatchObject({ outcome: 'pass' });
    expect(decideExactly(GAIN, 0.01, 0.99, 'log-loss')).toMatchObject({ outcome: 'fail' });
  });

  test('what the exact test leaves open stays open, though limits would not', () => {
    const sign = { method: 'exact-mcnemar', above: 0.06, below: 0.99 };
    const contrast = () => createNormal(0.02, 0.01, { sign });
    const cell = { candidate: createNormal(0.92, 0.03), baseline: createNormal(0.9, 0.03), contrast };
    const result = decide(
      { ...GAIN, confidence: 0.95 },
      evaluate([{ value: 0.92 }]),
      [findBaseline([{ value: 0.9 }])],
      {},
      measurePair({ '': cell }),
    );
    expect(result.reason).toBe(
      'cannot tell: whether it is better than production is open (exact-mcnemar, p = 0.06, and 0.05 is asked); about 120 rows would settle it',
    );
  });

  test('a tolerance that is not 0 leaves the exact test aside', () => {
    const sign = { method: 'exact-mcnemar', above: 0, below: 1 };
    const contrast = () => ({ ...createLimitless(0.01, 'the resamples do not vary'), sign });
    const cell = { candidate: createNormal(0.91, 0.03), baseline: createNormal(0.9, 0.03), contrast };
    const rule = { against: 'production', confidence: 0.95, 'max-drop': 0.02 };
    const baseline = findBaseline([{ value: 0.9 }]);
    expect(decide(rule, evaluate([{ value: 0.91 }]), [baseline], {}, measurePair({ '': cell }))).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'there are no limits: the resamples do not vary',
    });
  });
});

describe('of the same predictions the difference is 0', () => {
  const own = evaluate([{ value: 0.9 }]);
  const contrast = () => createLimitless(0, 'the resamples do not vary');
  const cell = { candidate: createNormal(0.9, 0.03), baseline: createNormal(0.9, 0.03), contrast };
  const same = { name: 'production', state: 'found', text: 'v1', evaluation: own } as const;
  const { predictions } = own;
  const copied = findBaseline([{ value: 0.9 }], { predictions });

  test.each<[rule: Partial<Rule>, outcome: string]>([
    [DROP, 'pass'],
    [{ against: 'production', 'max-drop': 0.05 }, 'pass'],
    [{ against: 'production', 'max-drop': '5%' }, 'pass'],
    [{ against: 'production', within: 0.01 }, 'pass'],
    [GAIN, 'fail'],
    [{ against: 'production', 'min-gain': 0.01 }, 'fail'],
  ])('%j is a %s', (rule, outcome) => {
    for (const baseline of [same, copied]) {
      for (const measurements of [undefined, measurePair({ '': cell })]) {
        const result = decide({ ...rule, confidence: 0.95 }, own, [baseline], {}, measurements);
        expect(result.outcome).toBe(outcome);
        expect(result.reason).toContain('the difference from production is 0: its predictions are the same');
        expect(onlyCase(result)).toMatchObject({ difference: 0, withinNoise: false, bounds: { low: 0, high: 0 } });
      }
    }
  });

  test('whatever a training claims of its model, other predictions are not the same', () => {
    const evaluation = { ...own, predictions: file() };
    expect(evaluation.subject.modelFiles).toEqual(own.subject.modelFiles);
    const claimed = { ...same, evaluation };
    expect(decide({ ...DROP, confidence: 0.95 }, own, [claimed], {}, measurePair({ '': cell }))).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'there are no limits: the resamples do not vary',
    });
  });

  test('unless another operating point makes other answers of the same scores', () => {
    const point = { positive: 'a', chosenBy: 'recall', achieved: 0.9, rows: 10, predictions: file(), labels: file() };
    const [one, other] = [0.5, 0.6].map((threshold) => ({
      operatingPoint: { threshold, ...point },
      predictions,
    }));
    const candidate = evaluate([{ value: 0.9 }], one);
    const result = decide(
      { ...DROP, confidence: 0.95 },
      candidate,
      [findBaseline([{ value: 0.9 }], other)],
      {},
      measurePair({ '': cell }),
    );
    expect(result).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'there are no limits: the resamples do not vary',
    });
  });

  test('unless it was measured to differ on the same rows', () => {
    const other = { ...same, evaluation: evaluate([{ value: 0.95 }]) };
    const measured = measurePair({ '': { candidate: createNormal(0.9, 0.03), baseline: createNormal(0.95, 0.03) } });
    expect(decide({ ...DROP, confidence: 0.95 }, own, [other], {}, measured).outcome).toBe('fail');
  });
});

function file() {
  return { path: 'val.csv', sha256: `sha256:${'1'.repeat(64)}`, size: 1 };
}
