import { describe, expect, test } from 'vitest';
import { fairness } from '../../../src/evaluation/fairness/fairness.ts';
import { computeClopperPearsonLimits } from '../../../src/statistics/clopper-pearson.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';
import { createPart, describeCells } from '../counted/cells.ts';

const TAIL = 0.05;
const ask = (name: string) => ({ name, positive: 'y', group: 'sex' });

function limitsOf(found: Estimate | { readonly reason: string }) {
  if ('reason' in found) throw new Error(found.reason);
  const limits = found.computeLimits(TAIL);
  if ('reason' in limits) throw new Error(limits.reason);
  return limits;
}

/** How low the rate of so many rows may be that are all right. */
function findLow(rows: number): number {
  return computeClopperPearsonLimits(rows, rows, TAIL).low;
}

describe('a small group whose positives are all found', () => {
  // No row of it was ever answered `n`, by either model: only the group itself says that one could have been.
  test.each([8, 12, 40])('%d of them leave open how far it is from another', (rows) => {
    const groups = new Map([
      ['f', createPart([[1, [1], rows]])],
      [
        'm',
        createPart([
          [1, [1], 388],
          [1, [0], 12],
          [0, [0], 360],
          [0, [1], 40],
        ]),
      ],
    ]);
    const table = { ...describeCells(1), weighted: true };
    const { high } = limitsOf(fairness.estimateGroups(groups, ask('equal-opportunity-difference'), 0, table));
    expect(high).toBeGreaterThan(0.97 - findLow(rows));
    expect(high).toBeLessThan(1.1 * (1 - findLow(rows)));
  });

  test.each([8, 40])('%d of them leave open how far the distance may have changed', (rows) => {
    const groups = new Map([
      ['f', createPart([[1, [1, 1], rows]])],
      [
        'm',
        createPart([
          [1, [1, 1], 380],
          [1, [1, 0], 8],
          [1, [0, 1], 8],
          [1, [0, 0], 4],
          [0, [0, 0], 360],
          [0, [1, 1], 40],
        ]),
      ],
    ]);
    const found = fairness.contrastGroups(groups, ask('equal-opportunity-difference'), 1, describeCells(2));
    const { low, high } = limitsOf(found);
    expect(high).toBeGreaterThan(0.97 - findLow(rows));
    expect(low).toBeLessThan(findLow(rows) - 0.97);
  });
});

test('rows that were not seen are of their own group: heavy ones of one say nothing of how often another is selected', () => {
  const heavy = 50;
  const groups = new Map([
    [
      'f',
      createPart([
        [1, [1], 400, heavy],
        [1, [0], 100, heavy],
        [0, [1], 100, heavy],
        [0, [0], 400, heavy],
      ]),
    ],
    [
      'm',
      createPart([
        [1, [1], 8],
        [1, [0], 2],
        [0, [1], 2],
        [0, [0], 188],
      ]),
    ],
  ]);
  const table = { ...describeCells(1), weighted: true };
  const { low } = limitsOf(fairness.estimateGroups(groups, ask('demographic-parity-difference'), 0, table));
  // 0.5 of `f` and 0.05 of `m`. Three rows of `f` would weigh as much as three quarters of `m`.
  expect(low).toBeGreaterThan(0.4);
});
