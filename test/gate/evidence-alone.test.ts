import { describe, expect, test } from 'vitest';
import { findRowEvaluation } from '../../src/config/row-evaluation.ts';
import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import type { Measurements } from '../../src/evaluation/samples.ts';
import { createConfig, decide, evaluate, findBaseline, type Number_, onlyCase } from './evaluations.ts';
import { createNormal, measurePair } from './samples.ts';

const ABSENT: Measurements = {
  candidate: { reason: 'the predictions `out/p.csv` cannot be read here' },
  pairs: new Map([['production', { reason: 'its predictions are not at hand' }]]),
};

function within(low: number, high: number, method = 'student-t') {
  return { interval: { low, high, level: 0.95, method } };
}

function decideAlone(rule: Partial<Rule>, own: Number_, more: Partial<Config> = {}) {
  const metric = own.name ?? 'accuracy';
  return decide({ metric, confidence: 0.95, ...rule }, evaluate([own]), [], more, ABSENT);
}

describe('where the predictions are not at hand, evidence alone gives limits', () => {
  test('of an accuracy, by its rows, at any error', () => {
    const found = onlyCase(decideAlone({ min: 0.85, confidence: 0.9 }, { value: 0.9, n: 400 }));
    // SciPy 1.14: beta.ppf(0.1, 360, 41), Clopper and Pearson
    expect(found.bounds?.low).toBeCloseTo(0.8779975536264196, 12);
    expect(found).toMatchObject({ outcome: 'pass', bounds: { error: 0.1 } });
    expect(onlyCase(decideAlone({ min: 0.85, confidence: 0.9999999 }, { value: 0.9, n: 400 })).outcome).toBe(
      'cannot-measure',
    );
  });

  test('of a mean, by the side of its interval that is Student’s, at any error', () => {
    const own = { name: 'mae', value: 0.4, n: 50, ...within(0.35, 0.45) };
    const found = onlyCase(decideAlone({ max: 0.5, confidence: 0.99 }, own));
    // SciPy 1.14: 0.4 ± t.ppf(0.99, 49) · 0.05 / t.ppf(0.975, 49)
    expect(found.bounds?.low).toBeCloseTo(0.34016417710806507, 9);
    // The other side reaches further, for the skewness of a loss.
    expect(found.bounds?.high).toBeGreaterThan(0.459835822891935);
  });

  test('of anything else as far as the evidence is as sure as asked', () => {
    const own = { name: 'macro-f1', value: 0.9, ...within(0.85, 0.93, 'bootstrap') };
    expect(onlyCase(decideAlone({ min: 0.8 }, own))).toMatchObject({
      outcome: 'pass',
      bounds: { low: 0.85, high: 0.93, method: 'bootstrap' },
    });
    expect(decideAlone({ min: 0.8, confidence: 0.975 }, own).outcome).toBe('pass');
    expect(decideAlone({ min: 0.8, confidence: 0.98 }, own)).toMatchObject({
      outcome: 'cannot-measure',
      reason:
        'there are no limits: the predictions `out/p.csv` cannot be read here, and the evidence holds limits at 97.5 % each way, and more is asked',
    });
  });

  test.each([
    ['no interval', { name: 'macro-f1', value: 0.9 }, {}],
    ['a mean by another method', { name: 'mae', value: 0.9, ...within(0.8, 1, 'linearised-t') }, {}],
    ['an area under a curve', { name: 'roc-auc', value: 0.9, ...within(0.85, 0.94, 'DeLong on log-odds') }, {}],
    ['a mean whose interval ends where its range does', { name: 'mae', value: 0.9, ...within(0, 1.9) }, {}],
    ['weights', { value: 0.9 }, labels({ weight: 'w' })],
    ['clusters', { value: 0.9 }, labels({ cluster: 'patient' })],
    ['a share that is no number of rows', { value: 0.9001 }, {}],
  ])('and not with %s', (_what, own, more) => {
    expect(decideAlone({ min: 0.1, max: 2, confidence: 0.99 }, own, more)).toMatchObject({
      outcome: 'cannot-measure',
      reason: expect.stringContaining('cannot be read here, and the evidence holds'),
    });
  });
});

describe('beside a baseline whose predictions are gone, numbers are compared', () => {
  const rule = { against: 'production', 'max-drop': 0.1, confidence: 0.95 } as const;
  const decideBeside = (own: Number_, other: Number_, more: Partial<Rule> = {}) =>
    decide({ metric: own.name ?? 'accuracy', ...rule, ...more }, evaluate([own]), [findBaseline([other])], {}, ABSENT);

  test('as proportions, and the reason says so', () => {
    const result = decideBeside({ value: 0.9, n: 400 }, { value: 0.94, n: 400 });
    const found = onlyCase(result);
    // SciPy 1.14: Newcombe's formula with beta.ppf limits at 0.05 of 360 and of 376 in 400
    expect(found.bounds?.low).toBeCloseTo(-0.07359430009762917, 9);
    expect(found.bounds?.high).toBeCloseTo(-0.006767727275512107, 9);
    expect(found.bounds).toMatchObject({ paired: false, method: 'newcombe' });
    expect(found.interval).toBeUndefined();
    expect(result).toMatchObject({
      outcome: 'pass',
      reason:
        'the drop from production is at most 0.07359 with 95 % confidence; 0.1 is allowed; not compared row by row, as its predictions are not at hand',
    });
  });

  test('as means', () => {
    const own = { name: 'mae', value: 0.4, n: 50, ...within(0.35, 0.45) };
    const found = onlyCase(decideBeside(own, { ...own, value: 0.5, ...within(0.42, 0.58) }));
    // SciPy 1.14, Welch with 82.213 degrees of freedom; the lower limit is moved outwards for the baseline's skewness
    expect(found.bounds?.low).toBeLessThan(-0.17809794542432328 - 1e-3);
    expect(found.bounds?.low).toBeGreaterThan(-0.17809794542432328 - 1e-2);
    expect(found.bounds?.high).toBeCloseTo(-0.02190205457567669, 9);
    expect(found.bounds?.method).toBe('welch');
  });

  test('by their own limits, where evidence is as sure as asked', () => {
    const own = { name: 'macro-f1', value: 0.9, ...within(0.86, 0.93, 'bootstrap') };
    const other = { ...own, value: 0.88, ...within(0.83, 0.91, 'bootstrap') };
    const found = onlyCase(decideBeside(own, other));
    expect(found.bounds?.low).toBeCloseTo(0.02 - Math.hypot(0.04, 0.03), 12);
    expect(found.bounds?.high).toBeCloseTo(0.02 + Math.hypot(0.03, 0.05), 12);
    expect(decideBeside(own, other, { confidence: 0.99 })).toMatchObject({
      outcome: 'cannot-measure',
      reason:
        'there are no limits: its predictions are not at hand, and the evidence holds limits at 97.5 % each way, and more is asked',
    });
  });

  test('with a percentage of the baseline', () => {
    const found = onlyCase(decideBeside({ value: 0.9, n: 400 }, { value: 0.94, n: 400 }, { 'max-drop': '10%' }));
    // SciPy 1.14: beta.ppf(0.05, 360, 41) and beta.ppf(0.95, 377, 24)
    const [low, high] = [0.8718187679492824, 0.9582864747601383];
    const expected = 0.9 - 0.9 * 0.94 - Math.hypot(0.9 - low, 0.9 * (high - 0.94)) - 0.1 * 0.94;
    expect(found.bounds?.low).toBeCloseTo(expected, 9);
    expect(found.bounds?.method).toBe('unpaired');
  });
});

describe('beside a baseline that was measured by something else', () => {
  const rule = { against: 'production', 'max-drop': 0.1 } as const;
  const by = 'columns of the labels, costs, positive class and operating point';
  const aside = 'not compared row by row, as its predictions are not at hand';
  const alike = evaluate([{ value: 0.9 }]);
  const { measuredBy: _, ...untold } = alike;
  const other = { measuredBy: `sha256:${'1'.repeat(64)}` };
  const lookUp = (evaluation: typeof untold) =>
    ({ name: 'production', state: 'found', text: 'v1', evaluation }) as const;

  test.each([
    ['other columns', alike, { ...alike, ...other }, `the ${by} are not all those that production was measured by`],
    ['nothing told', alike, untold, `production does not say by which ${by} it was measured`],
    ['nothing told of the candidate', untold, alike, `the candidate does not say by which ${by} it was measured`],
    ['nothing told of both', untold, untold, `production does not say by which ${by} it was measured`],
  ])('%s: evidence alone is not compared, even of the same predictions', (_what, own, baseline, reason) => {
    for (const more of [{}, { confidence: 0.95 }]) {
      expect(decide({ ...rule, ...more }, own, [lookUp(baseline)], {}, ABSENT)).toMatchObject({
        outcome: 'cannot-measure',
        reason: `${reason}; ${aside}`,
      });
    }
  });

  test('rows that are measured today are compared', () => {
    const measured = measurePair({ '': { candidate: createNormal(0.9, 0.03), baseline: createNormal(0.92, 0.03) } });
    for (const evaluation of [untold, { ...alike, ...other }]) {
      const result = decide({ ...rule, confidence: 0.95 }, alike, [lookUp(evaluation)], {}, measured);
      expect(onlyCase(result)).toMatchObject({ outcome: 'pass', baseline: 0.92 });
    }
  });

  test('rows without a value leave nothing that can be compared', () => {
    const nothing = measurePair({ '': { candidate: { reason: 'no row is positive' } } });
    expect(decide(rule, alike, [lookUp(untold)], {}, nothing).outcome).toBe('cannot-measure');
  });
});

test('a number that somebody reported is as sure as its own interval says', () => {
  const reported = [
    { path: 'r.json', format: 'lm-evaluation-harness', metrics: { acc: { key: 'a.acc', direction: 'higher' } } },
  ];
  const evaluation = { ...createConfig([]).evaluate, reported } as unknown as Config['evaluate'];
  const more = evaluation ? { evaluate: evaluation } : {};
  const own = { name: 'acc', source: 'reported', n: 0, value: 0.7, ...within(0.65, 0.75, 'normal') } as const;
  expect(decideAlone({ min: 0.6 }, own, more)).toMatchObject({
    outcome: 'pass',
    reason:
      'with 95 % confidence acc is at least 0.65, over the 0.6 that is asked; number and certainty are the file’s own claim (`a.acc` of `r.json`), checked by nobody',
  });
  expect(decideAlone({ min: 0.6, confidence: 0.99 }, own, more)).toMatchObject({
    outcome: 'cannot-measure',
    reason:
      'there are no limits: a reported number has no rows, and the evidence holds limits at 97.5 % each way, and more is asked',
  });
  expect(decideAlone({ min: 0.6, 'min-rows': 10 }, own, more).reason).toBe(
    'it rests on 0 rows, and `min-rows` asks for 10',
  );
});

function labels(more: object): Partial<Config> {
  const base = findRowEvaluation(createConfig([]));
  if (!base) throw new Error('no evaluation');
  return { evaluate: { ...base, labels: { ...base.labels, ...more } } };
}
