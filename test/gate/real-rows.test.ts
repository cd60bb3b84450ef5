import { beforeAll, describe, expect, test } from 'vitest';
import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import { listRequests } from '../../src/evaluation/requests.ts';
import type { RuleResult } from '../../src/evidence/schema/verdict.ts';
import { decideRules } from '../../src/gate/rules.ts';
import { createConfig, sampleFiles, scoreFiles, writeRows } from '../evaluation/scoring.ts';
import { locate } from './evaluations.ts';
import { finish } from './steps.ts';

/** 400 rows; the baseline has 340 right, and the candidate these and 28 more, less 4. */
const ROWS = 400;
const TRUTH = Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? 'yes' : 'no'));
const flip = (label: string) => (label === 'yes' ? 'no' : 'yes');
const answer = (isRight: (row: number) => boolean) => TRUTH.map((label, row) => (isRight(row) ? label : flip(label)));
const BASE = answer((row) => row < 340);
const CANDIDATE = answer((row) => row >= 4 && row < 368);
/** Two sites of 195 rows, and two of 5. */
const SITES = TRUTH.map((_, row) => (row < 5 ? 'tiny' : row < 10 ? 'small' : row % 2 === 0 ? 'east' : 'west'));

const rule = (id: string, more: Partial<Rule>): Rule => ({ id, metric: 'accuracy', confidence: 0.95, ...more });
const beside = { against: 'production' } as const;
const RULES = [
  rule('enough', { min: 0.85 }),
  rule('far', { min: 0.95 }),
  rule('near', { min: 0.92 }),
  rule('no-worse', { ...beside, 'max-drop': 0.01 }),
  rule('better', { ...beside, 'min-gain': 0 }),
  rule('much-better', { ...beside, 'min-gain': 0.2 }),
  rule('alike', { ...beside, within: 0.01 }),
  rule('share', { ...beside, 'max-drop': '1%' }),
  rule('f1', { ...beside, metric: 'macro-f1', 'max-drop': 0.01 }),
  rule('sites', { slice: 'site', min: 0.5, 'min-rows': 8, correction: 'holm' }),
  rule('plain', { ...beside, 'max-drop': 0.01, confidence: undefined as never }),
];

let results: RuleResult[];
beforeAll(async () => {
  const rules = RULES.map((one) => JSON.parse(JSON.stringify(one)) as Rule);
  const evaluate = { positive: 'yes', slices: ['site'] };
  const config: Config = { ...createConfig('binary-classification', evaluate, rules), stages: ['production'] };
  const files = writeRows(TRUTH, CANDIDATE, { site: SITES });
  const base = writeRows(TRUTH, BASE, { site: SITES });
  const baseFile = base['out/predictions.csv'] ?? '';
  const [evaluation, other] = [await scoreFiles(config, files), await scoreFiles(config, base)];
  const found = await sampleFiles(config, { ...files, 'base.csv': baseFile }, listRequests(config));
  if ('reason' in found) throw new Error(found.reason);
  const measurements = { candidate: found.samples, pairs: new Map([['production', found.samples]]) };
  const baseline = { name: 'production', state: 'found', text: 'v1', evaluation: other } as const;
  results = finish(decideRules(config, locate, evaluation, [baseline], measurements));
});

function decideOne(id: string) {
  const result = results.find((one) => one.id === id);
  if (!result) throw new Error(`no ${id}`);
  return result;
}

describe('on rows that were scored', () => {
  test.each([
    ['enough', 'pass'],
    ['far', 'fail'],
    ['near', 'cannot-measure'],
    ['no-worse', 'pass'],
    ['better', 'pass'],
    ['much-better', 'fail'],
    ['alike', 'fail'],
    ['share', 'pass'],
    ['f1', 'pass'],
    ['plain', 'pass'],
  ])('%s is a %s', (id, outcome) => {
    expect(decideOne(id).outcome).toBe(outcome);
  });

  test('any difference is decided by the rows that only one has right', () => {
    // SciPy 1.14: binomtest(28, 32, 0.5, alternative='greater').pvalue = 9.65e-06
    expect(decideOne('better').reason).toBe(
      'it is better than production with 95 % confidence (exact-mcnemar, p = 0.0000097)',
    );
  });

  test('a difference is 24 rows, with its limits', () => {
    const [found] = decideOne('no-worse').cases;
    expect(found).toMatchObject({
      candidate: 0.91,
      baseline: 0.85,
      n: ROWS,
      bounds: { paired: true },
    });
    expect(found?.difference).toBeCloseTo(24 / ROWS, 12);
    // A normal approximation gives 0.06 ± 1.645 · √(32 − 24² / 400) / 400 = 0.06 ± 0.023.
    expect(found?.bounds?.low).toBeGreaterThan(0.03);
    expect(found?.bounds?.high).toBeLessThan(0.09);
    expect(found?.interval?.low).toBeLessThan(found?.bounds?.low ?? 0);
  });

  test('small values are measured together, and corrected with the others', () => {
    const result = decideOne('sites');
    expect(result.cases.map(({ slice, n }) => [slice, n])).toEqual([
      ['east', 195],
      ['west', 195],
      ['other (2 values: small, tiny)', 10],
    ]);
    expect(result.cases[2]).toMatchObject({ candidate: 0.6, outcome: 'cannot-measure' });
    expect(result.cases[2]?.bounds?.error).toBeCloseTo(0.05 / 3, 12);
  });

  test('without confidence the interval of the difference is told', () => {
    const [found] = decideOne('plain').cases;
    expect(found?.bounds).toBeUndefined();
    expect(found).toMatchObject({ withinNoise: false, interval: { level: 0.95 } });
  });
});
