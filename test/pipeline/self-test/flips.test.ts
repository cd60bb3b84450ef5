import { expect, test } from 'vitest';
import type { RuleOutcome } from '../../../src/evidence/schema/envelope.ts';
import { computeFlips, countOutcomes } from '../../../src/pipeline/self-test/flips.ts';

const repeat = (outcome: RuleOutcome, times: number): RuleOutcome[] => Array.from({ length: times }, () => outcome);

test('outcomes are counted, and whatever is not the outcome of now is a flip', () => {
  const tally = countOutcomes([...repeat('pass', 80), ...repeat('fail', 15), ...repeat('cannot-measure', 5)]);
  expect(tally).toEqual({ pass: 80, fail: 15, 'cannot-measure': 5, 'not-applicable': 0 });
  expect(computeFlips('pass', tally)).toEqual({ flipped: 0.2, reversed: 0.15, noisy: true });
  expect(computeFlips('fail', tally)).toEqual({ flipped: 0.85, reversed: 0.8, noisy: true });
});

test('that something could not be measured is no reversal', () => {
  const tally = countOutcomes([...repeat('pass', 91), ...repeat('cannot-measure', 9)]);
  expect(computeFlips('pass', tally)).toEqual({ flipped: 0.09, reversed: 0, noisy: false });
  expect(computeFlips('cannot-measure', tally)).toMatchObject({ flipped: 0.91, reversed: 0 });
});

test('one in ten is noise enough, and no copies tell nothing', () => {
  expect(computeFlips('pass', countOutcomes([...repeat('pass', 90), ...repeat('fail', 10)])).noisy).toBe(false);
  expect(computeFlips('pass', countOutcomes([...repeat('pass', 89), ...repeat('fail', 11)])).noisy).toBe(true);
  expect(computeFlips('pass', countOutcomes([]))).toEqual({ flipped: 0, reversed: 0, noisy: false });
});
