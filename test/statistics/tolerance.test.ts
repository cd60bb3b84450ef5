import { expect, test } from 'vitest';
import { limitTolerance } from '../../src/statistics/tolerance.ts';

const reason = { reason: 'the rows do not vary' };
const limits = { low: -1, high: 1 };

test('a tolerance in percent has limits only where the plain difference has them', () => {
  expect(limitTolerance(0.98, (of) => (of === 'tolerance' ? limits : reason))).toBe(reason);
  expect(limitTolerance(0.98, (of) => (of === 'tolerance' ? reason : limits))).toBe(reason);
  expect(limitTolerance(0.98, (of) => (of === 'tolerance' ? limits : { low: 0, high: 0 }))).toBe(limits);
});

test('the plain difference is asked for once', () => {
  const asked: string[] = [];
  limitTolerance(1, (of) => {
    asked.push(of);
    return limits;
  });
  expect(asked).toEqual(['tolerance']);
});
