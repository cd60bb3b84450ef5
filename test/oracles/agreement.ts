import { expect } from 'vitest';
import type { EvaluateConfig } from '../../src/config/schema/modelgate.ts';
import type { EvaluationEvidence } from '../../src/evidence/schema/evaluation.ts';

/** The share of the expected number, or the amount where it is less than 1, by which ours may differ. */
const AGREEMENT = 1e-9;

/** What a library says of some rows: by the name of the metric; null where it has no number. */
export type Numbers = Readonly<Record<string, number | null>>;

/** Why we do not say what the library says, by metric: a number that it makes up, or one that we define in another way. */
export type Differences = Readonly<Record<string, { readonly ours: number | null; readonly because: string }>>;

/** The columns of the files that `writeRows` writes. */
export const PREDICTIONS: EvaluateConfig['predictions'] = {
  path: 'out/predictions.csv',
  id: 'id',
  prediction: 'predicted',
};

export const LABELS: EvaluateConfig['labels'] = { path: 'data/test.csv', id: 'id', label: 'label' };

/** Every number of the library is ours; where it has none, or a difference is listed, so is ours. */
export function expectAgreement(evidence: EvaluationEvidence, numbers: Numbers, differences: Differences = {}): void {
  const wrong: string[] = [];
  for (const [name, theirs] of Object.entries(numbers)) {
    const metric = evidence.metrics.find((entry) => entry.name === name && entry.slice === undefined);
    const ours = metric?.value ?? null;
    const expected = Object.hasOwn(differences, name) ? (differences[name]?.ours ?? null) : theirs;
    if (!agrees(ours, expected)) wrong.push(`${name}: ${ours} is not ${expected} (${metric?.reason ?? 'not there'})`);
  }
  expect(wrong).toEqual([]);
}

function agrees(ours: number | null, expected: number | null): boolean {
  if (ours === null || expected === null) return ours === expected;
  return Math.abs(ours - expected) <= AGREEMENT * Math.max(1, Math.abs(expected));
}
