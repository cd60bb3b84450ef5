import { describe, test } from 'vitest';
import { expectFairness } from './fairness.ts';
import oracle from './fixtures/fairness.json' with { type: 'json' };

// The longer cases are in test/slow.
describe('fairlearn agrees on groups', () => {
  test.each(oracle.cases.slice(0, 1))('of $name', expectFairness);
});
