import { describe, expect, test } from 'vitest';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import { computeClopperPearsonLimits } from '../../../src/statistics/clopper-pearson.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';
import type { Limits } from '../../../src/statistics/limits.ts';
import { createPart, describeCells } from './cells.ts';

const TAIL = 0.05;

function limitsOf(estimate: Estimate | { readonly reason: string } | undefined): Limits & { value: number } {
  if (!estimate || 'reason' in estimate) throw new Error(estimate?.reason ?? 'nothing');
  const limits = estimate.computeLimits(TAIL);
  if ('reason' in limits) throw new Error(limits.reason);
  return { ...limits, value: estimate.value };
}

/** A common class with errors, and so many rows of a rare one that are all right. */
function createSingle(rare: number, wrong = 0) {
  return createPart([[0, [0], 450], [0, [1], 50], [1, [1], rare], ...(wrong > 0 ? [[1, [0], wrong] as const] : [])]);
}

describe('a class of few rows that are all right', () => {
  test.each([6, 20, 100])('of %d keeps a balanced accuracy as open as the class itself is', (rare) => {
    const [estimate] = counted.estimate(createSingle(rare), [{ name: 'balanced-accuracy' }], 0, describeCells(1));
    const { low, value } = limitsOf(estimate);
    const own = computeClopperPearsonLimits(rare, rare, TAIL).low;
    // Half of what the recall of the class may lack, and what the other class adds.
    expect(value - low).toBeGreaterThan((1 - own) / 2);
    expect(value - low).toBeLessThan((1 - own) / 2 + 0.02);
  });

  test('is no matter where an error of it was seen as often as it could be missed', () => {
    const at = (wrong: number) => {
      const part = createSingle(300, wrong);
      return limitsOf(counted.estimate(part, [{ name: 'balanced-accuracy' }], 0, describeCells(1))[0]);
    };
    const [none, some] = [at(0), at(8)];
    expect(none.value - none.low).toBeLessThan(some.value - some.low);
  });

  test('leaves a difference on the same rows as open', () => {
    const part = createPart([
      [0, [0, 0], 400],
      [0, [0, 1], 30],
      [0, [1, 0], 30],
      [0, [1, 1], 40],
      [1, [1, 1], 6],
    ]);
    const found = counted.contrast(part, { name: 'balanced-accuracy' }, 1, describeCells(2));
    const { low, high, value } = limitsOf(found);
    const half = (1 - computeClopperPearsonLimits(6, 6, TAIL).low) / 2;
    expect(value - low).toBeGreaterThan(half);
    expect(high - value).toBeGreaterThan(half);
  });

  test('lets no limit leave the range of the metric', () => {
    const part = createPart([
      [0, [0], 40],
      [0, [1], 30],
      [1, [1], 3],
      [1, [0], 5],
    ]);
    const { low, high } = limitsOf(counted.estimate(part, [{ name: 'macro-recall' }], 0, describeCells(1))[0]);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
  });
});

describe('a few heavy rows that are all right, beside light ones with errors,', () => {
  const weighted = { weighted: true };
  const HEAVY = 50;
  /** How much of the weight of 1,000 light rows and these could be wrong, although none of these is. */
  const findOpen = (rows: number) =>
    ((1 - computeClopperPearsonLimits(rows, rows, TAIL).low) * rows * HEAVY) / (1000 + rows * HEAVY);

  test.each([10, 20, 40])('%d of them keep an accuracy as open as they are themselves', (rows) => {
    const part = createPart([
      [0, [0], 485],
      [0, [1], 15],
      [1, [1], 485],
      [1, [0], 15],
      [1, [1], rows, HEAVY],
    ]);
    const [found] = counted.estimate(part, [{ name: 'accuracy' }], 0, { ...describeCells(1), ...weighted });
    const { low, value } = limitsOf(found);
    expect(value - low).toBeGreaterThan(findOpen(rows));
    expect(value - low).toBeLessThan(findOpen(rows) + 0.01);
  });

  test('leave a difference on the same rows as open, either way', () => {
    const part = createPart([
      [0, [0, 0], 485],
      [0, [1, 0], 8],
      [0, [0, 1], 7],
      [1, [1, 1], 485],
      [1, [0, 1], 8],
      [1, [1, 0], 7],
      [1, [1, 1], 20, HEAVY],
    ]);
    const found = counted.contrast(part, { name: 'accuracy' }, 1, { ...describeCells(2), ...weighted });
    const { low, high, value } = limitsOf(found);
    expect(value - low).toBeGreaterThan(findOpen(20));
    expect(high - value).toBeGreaterThan(findOpen(20));
  });

  test('are no matter where as heavy ones are wrong as often as could be missed', () => {
    const limitOf = (wrong: number) => {
      const part = createPart([
        [0, [0], 500],
        [1, [1], 485],
        [1, [0], 15],
        [1, [1], 100 - wrong, HEAVY],
        ...(wrong > 0 ? [[1, [0], wrong, HEAVY] as const] : []),
      ]);
      const [found] = counted.estimate(part, [{ name: 'accuracy' }], 0, { ...describeCells(1), ...weighted });
      const { low, value } = limitsOf(found);
      return value - low;
    };
    expect(limitOf(0)).toBeLessThan(limitOf(6));
  });
});
