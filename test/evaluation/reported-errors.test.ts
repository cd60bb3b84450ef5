import { expect, test } from 'vitest';
import { type ClaimedError, computeErrorLimits } from '../../src/evaluation/reported/error-limits.ts';

const ACC: ClaimedError = { name: 'acc', value: 0.7, n: 1000, error: Math.sqrt((0.7 * 0.3) / 999) };

/** Why a claim has no limits; undefined where it has. */
function explain(changes: Partial<ClaimedError>): string | undefined {
  const found = computeErrorLimits({ ...ACC, ...changes });
  return 'noLimits' in found ? found.noLimits : undefined;
}

test.each<[what: string, claim: Partial<ClaimedError>]>([
  ['as the harness writes it', {}],
  ['of tasks that differ, weighted by their rows', { error: 0.7 * Math.sqrt((0.7 * 0.3) / 1000) }],
  ['of a mean that varies less than right and wrong', { name: 'rougeL', error: 0.2 * Math.sqrt((0.7 * 0.3) / 1000) }],
  ['of a number that is no share', { name: 'word_perplexity', value: 37.4, error: 0.2 }],
  ['where the file does not tell its rows', { n: undefined }],
])('a standard error %s gives limits', (_, claim) => {
  expect(explain(claim)).toBeUndefined();
});

test.each<[claim: Partial<ClaimedError>, reason: string]>([
  [{ n: 1 }, ', and it rests on 1 row: that tells no error'],
  [{ n: 0 }, ', and it rests on no rows: that tells no error'],
  [{ n: 1, error: 1e-300 }, 'is 1e-300, and it rests on 1 row'],
  [{ error: 1e-300 }, 'is 1e-300, too small to tell from 0'],
  [{ value: 37.4, error: 1e-300 }, 'is 1e-300, too small to tell from 0'],
  [{ error: 0.007 }, 'is 0.007, far too small for 1000 rows: at least 0.0072 is believed'],
  [{ name: 'f1', error: 0.0014 }, 'far too small for 1000 rows: at least 0.0014 is believed'],
  [{ error: 1e-6, n: undefined }, 'far too small for any number of rows'],
  [{ value: 1, error: 0.001 }, ', and where all rows are alike that tells nothing'],
  [{ error: -0.01 }, 'its standard error in the file is -0.01'],
  [{ error: 0 }, 'its standard error in the file is 0'],
  [{ error: Number.POSITIVE_INFINITY }, 'its standard error in the file is Infinity'],
  [{ error: 'N/A' }, 'the file has no standard error of it'],
])('%j has none', (claim, reason) => {
  expect(explain(claim)).toContain(reason);
});
