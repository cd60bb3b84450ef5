import { expect, test } from 'vitest';
import { findGuardedLimit } from '../../src/statistics/guarded-mean.ts';

const TAIL = 0.05;

test('of rows that are all alike the limit leaves room for one in three that is not seen', () => {
  const found = findGuardedLimit({ counts: [300], masses: [1], sums: [0] }, 1, TAIL);
  // The rule of three: 1 − 0.05^(1/300) is 0.00994.
  expect(found).toBeGreaterThan(0.00994);
  expect(found).toBeLessThan(0.015);
});

test('of many rows it is that of a proportion', () => {
  const found = findGuardedLimit({ counts: [3000, 7000], masses: [1, 1], sums: [1, 0] }, 1, TAIL);
  expect(found).toBeCloseTo(0.3 + 1.645 * Math.sqrt(0.21 / 10_000), 3);
});

test('it does not matter by how much all masses are multiplied, or which units are written as one', () => {
  const found = findGuardedLimit({ counts: [20, 30], masses: [1, 2], sums: [1, -1] }, 1, TAIL);
  expect(findGuardedLimit({ counts: [20, 30], masses: [8, 16], sums: [8, -8] }, 1, TAIL)).toBeCloseTo(
    Number(found),
    12,
  );
  expect(findGuardedLimit({ counts: [10, 10, 30], masses: [1, 1, 2], sums: [1, 1, -1] }, 1, TAIL)).toBeCloseTo(
    Number(found),
    12,
  );
});

test('rows that differ in mass say less than as many alike', () => {
  const alike = findGuardedLimit({ counts: [50, 50], masses: [1, 1], sums: [1, 0] }, 1, TAIL);
  const unlike = findGuardedLimit({ counts: [49, 49, 1, 1], masses: [1, 1, 49, 49], sums: [1, 0, 49, 0] }, 1, TAIL);
  expect(Number(unlike)).toBeGreaterThan(Number(alike) + 0.1);
});

test('a single row, and rows that weigh nothing, have none', () => {
  expect(findGuardedLimit({ counts: [1], masses: [1], sums: [1] }, 1, TAIL)).toHaveProperty('reason');
  expect(findGuardedLimit({ counts: [9], masses: [0], sums: [0] }, 1, TAIL)).toHaveProperty('reason');
});
