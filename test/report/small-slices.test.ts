import { describe, expect, test } from 'vitest';
import { computeDigest } from '../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { RuleCase } from '../../src/evidence/schema/verdict.ts';
import { sealEvidence } from '../../src/pipeline/sealing.ts';
import { type Reveal, redactEvidence } from '../../src/report/reveal.ts';
import { createEvidence, createMetric, createVerdict } from '../support/evidence.ts';

/** Values of a slice with their rows; each has an accuracy of its own. */
function createSliced(rows: Readonly<Record<string, number>>, reveal: Reveal = 'metrics'): EvidenceSet {
  const entries = Object.entries(rows);
  const slice = (value: string) => ({ column: 'island', value });
  const metrics = entries.map(([value, n], at) => createMetric({ slice: slice(value), n, value: 0.25 + at / 16 }));
  const cases = entries.map(
    ([value, n], at): RuleCase => ({
      ...{ slice: value, n, candidate: 0.25 + at / 16, baseline: 0.5, difference: -0.25, withinNoise: false },
      ...{ outcome: n === 1 ? 'fail' : 'pass', reason: `${value} is ${0.25 + at / 16}` },
    }),
  );
  const [rule] = createVerdict().rules;
  if (!rule) throw new Error('there is a rule');
  return createEvidence({
    evaluation: { reveal, metrics: [createMetric({ n: 115 }), ...metrics] },
    verdict: { reveal, rules: [{ ...rule, outcome: 'fail', reason: 'Biscoe is 0.25', cases }] },
  });
}

const listNumbers = ({ evaluation, verdict }: EvidenceSet) => ({
  metrics: (evaluation?.metrics ?? []).flatMap(({ slice, value }) => (slice ? [value] : [])),
  cases: verdict?.rules[0]?.cases.map(({ candidate, outcome }) => [candidate, outcome]),
  rows: verdict?.rules[0]?.cases.map(({ n }) => n),
});

describe('a slice of fewer than 5 rows', () => {
  test('has no number and no outcome of its own under `metrics`, nor has the next, from which its own would follow', () => {
    const set = redactEvidence(createSliced({ Biscoe: 1, Dream: 20, Torgersen: 94 }));
    expect(listNumbers(set)).toEqual({
      metrics: [null, null, 0.375],
      cases: [
        [null, 'fail'],
        [null, 'fail'],
        [0.375, 'pass'],
      ],
      rows: [1, 20, 94],
    });
    expect(set.evaluation?.metrics[0]?.value).not.toBeNull();
    expect(JSON.stringify(set.verdict?.rules)).not.toMatch(/is 0\.25|is 0\.3125/);
  });

  test('with others of 5 rows together leaves the larger ones alone', () => {
    const set = redactEvidence(createSliced({ a: 2, b: 3, c: 5, d: 0 }));
    expect(listNumbers(set).metrics).toEqual([null, null, 0.375, 0.4375]);
  });

  test('is sealed, and the verdict stands on what is left', () => {
    const sealed = sealEvidence(createSliced({ Biscoe: 1, Dream: 20 }));
    expect(listNumbers(sealed).metrics).toEqual([null, null]);
    expect(sealed.verdict?.parents).toContainEqual({
      kind: 'evaluation',
      sha256: sealed.evaluation && computeDigest(sealed.evaluation),
    });
    expect(sealEvidence(sealed)).toBe(sealed);
  });

  test('is shown where rows may be, and larger ones under `metrics`', () => {
    const [rows, large] = [createSliced({ Biscoe: 1 }, 'rows'), createSliced({ Biscoe: 5, Dream: 20 })];
    for (const set of [rows, large]) expect(sealEvidence(set)).toBe(set);
    expect(listNumbers(redactEvidence(large))).toEqual(listNumbers(large));
  });
});

test('curves that were traced where rows may be shown go where the verdict may show numbers alone', () => {
  const curves = [{ kind: 'roc' as const, points: [[0, 1, 1] as [number, number, number]] }];
  const set = createEvidence({ evaluation: { reveal: 'rows', curves }, verdict: { reveal: 'metrics' } });
  expect(redactEvidence(set).evaluation?.curves).toBeUndefined();
  expect(sealEvidence(set).evaluation?.curves).toBeUndefined();
  const coarse = createEvidence({ evaluation: { reveal: 'metrics', curves }, verdict: { reveal: 'metrics' } });
  expect(redactEvidence(coarse).evaluation?.curves).toEqual(curves);
});
