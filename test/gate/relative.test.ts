import { describe, expect, test } from 'vitest';
import { decide, evaluate, findBaseline, onlyCase } from './evaluations.ts';
import { createLimitless, createNormal, measurePair } from './samples.ts';

const interval = { low: 0.85, high: 0.95, level: 0.95, method: 'Wilson' };

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

  test.each([{}, { confidence: 0.95 }])('of what claims to be the same model on other rows is none: %j', (more) => {
    const own = evaluate([{ value: 0.1, interval }]);
    const again = evaluate([{ value: 0.9 }], { testSet: { ...testSetOf(own), sha256: `sha256:${'1'.repeat(64)}` } });
    expect(again.subject.modelFiles).toEqual(own.subject.modelFiles);
    expect(again.predictions).toEqual(own.predictions);
    const baseline = { name: 'production', state: 'found', text: 'v1', evaluation: again } as const;
    expect(decide({ ...production, ...more, 'max-drop': 0.05 }, own, [baseline])).toMatchObject({
      outcome: 'cannot-measure',
      reason: `production was measured on another test set (sha256:${'1'.repeat(64)}), so the rows are not the same`,
      cases: [{ baseline: null, difference: null }],
    });
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

describe('with the rows of both at hand', () => {
  const rule = { against: 'production', 'max-drop': 0.05 } as const;
  const own = evaluate([{ value: 0.86, interval }]);
  const baseline = findBaseline([{ value: 0.9 }]);
  const cell = { candidate: createNormal(0.86, 0.03), baseline: createNormal(0.9, 0.03) };

  test('the number still decides, and the interval of the difference says what noise is', () => {
    const found = onlyCase(decide(rule, own, [baseline], {}, measurePair({ '': cell })));
    expect(found).toMatchObject({ outcome: 'pass', withinNoise: true });
    expect(found.interval?.low).toBeCloseTo(-0.04 - 0.01959963984540054, 12);
    expect(found.interval?.high).toBeCloseTo(-0.04 + 0.01959963984540054, 12);
    expect(found.bounds).toBeUndefined();
    const wide = { ...rule, 'max-drop': 0.06 };
    expect(onlyCase(decide(wide, own, [baseline], {}, measurePair({ '': cell }))).withinNoise).toBe(false);
  });

  test('a difference without limits has no interval, and the candidate’s own says what noise is', () => {
    const contrast = () => createLimitless(-0.04, 'the resamples do not vary');
    const found = onlyCase(decide(rule, own, [baseline], {}, measurePair({ '': { ...cell, contrast } })));
    expect(found).toMatchObject({ outcome: 'pass', withinNoise: true });
    expect(found.interval).toBeUndefined();
  });

  test('rows that cannot be measured leave it to the evidence', () => {
    const gone = { candidate: { reason: 'no row is positive' } };
    expect(decide(rule, own, [baseline], {}, measurePair({ '': gone })).outcome).toBe('pass');
  });

  test('rows that contradict the evidence do not', () => {
    const other = { ...cell, candidate: createNormal(0.5, 0.03) };
    expect(decide(rule, own, [baseline], {}, measurePair({ '': other }))).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'the predictions at hand come to 0.5, and the evidence says 0.86',
    });
  });
});

function testSetOf(evaluation: ReturnType<typeof evaluate>) {
  if (!evaluation.testSet) throw new Error('no test set');
  return evaluation.testSet;
}
