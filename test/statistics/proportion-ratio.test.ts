import { expect, test } from 'vitest';
import { computeProportionLimits } from '../../src/statistics/proportion.ts';
import { combineRatio } from '../../src/statistics/proportion-ratio.ts';

function limit(x: number, n: number, tail: number) {
  const { limits } = computeProportionLimits(x, n, tail);
  if ('reason' in limits) throw new Error(limits.reason);
  return { share: x / n, ...limits };
}

/** As the paper writes it, which cancels where the second share is small. */
function computeDirectly(first: ReturnType<typeof limit>, second: ReturnType<typeof limit>): readonly [number, number] {
  const { share: p, low: l, high: u } = first;
  const { share: q, low: m, high: v } = second;
  return [
    (p * q - Math.sqrt((p * q) ** 2 - l * v * (2 * p - l) * (2 * q - v))) / (v * (2 * q - v)),
    (p * q + Math.sqrt((p * q) ** 2 - u * m * (2 * p - u) * (2 * q - m))) / (m * (2 * q - m)),
  ];
}

test.each([
  [40, 100, 30, 90],
  [5, 50, 45, 60],
  [900, 1000, 700, 1000],
])('the ratio of %i of %i to %i of %i has the limits of the paper', (x1, n1, x2, n2) => {
  const [first, second] = [limit(x1, n1, 0.025), limit(x2, n2, 0.025)];
  const { low, high } = combineRatio(first, second);
  expect([low, high]).toEqual(computeDirectly(first, second).map((end) => expect.closeTo(end, 10)));
  expect(low).toBeLessThan(x1 / n1 / (x2 / n2));
  expect(high).toBeGreaterThan(x1 / n1 / (x2 / n2));
});

test('the other way about, limits are those of the inverse', () => {
  const [first, second] = [limit(40, 100, 0.05), limit(30, 90, 0.05)];
  const { low, high } = combineRatio(second, first);
  expect(combineRatio(first, second)).toEqual({ low: expect.closeTo(1 / high, 12), high: expect.closeTo(1 / low, 12) });
});

test('of a share that may be 0 the ratio may be 0, and to such a share it has no end', () => {
  const [none, some] = [limit(0, 50, 0.05), limit(20, 50, 0.05)];
  expect(combineRatio(none, some).low).toBe(0);
  expect(combineRatio(none, some).high).toBeLessThan(0.3);
  expect(combineRatio(some, none)).toEqual({
    low: expect.closeTo(1 / combineRatio(none, some).high, 12),
    high: Infinity,
  });
  expect(combineRatio(none, none)).toEqual({ low: 0, high: Infinity });
});
