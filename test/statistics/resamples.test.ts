import { describe, expect, test } from 'vitest';
import { counted } from '../../src/evaluation/counted/counted.ts';
import { createResamples, keepResamples, type Resamples } from '../../src/statistics/resamples.ts';
import { createPart, describeCells } from '../evaluation/counted/cells.ts';

const SEED = 7;

function take(resamples: Resamples, cells: number, times: number): number[][] {
  return Array.from({ length: times }, () => {
    const into = new Float64Array(cells);
    resamples(into);
    return [...into];
  });
}

describe('resamples that are kept', () => {
  test('are those that would be drawn, for each that asks, whoever is ahead', () => {
    const counts = [40, 0, 7, 53];
    const all = take(createResamples(counts, SEED), 4, 9000);
    const begin = keepResamples(counts, SEED);
    const [first, second] = [begin(), begin()];
    expect(take(first, 4, 3000)).toEqual(all.slice(0, 3000));
    expect(take(second, 4, 9000)).toEqual(all);
    expect(take(first, 4, 6000)).toEqual(all.slice(3000));
  });

  test('go on where no more are kept', () => {
    const counts = new Array<number>(5000).fill(1);
    const sums = (resamples: Resamples) => take(resamples, 5000, 300).map((drawn) => drawn.lastIndexOf(2));
    const begin = keepResamples(counts, SEED);
    const own = sums(createResamples(counts, SEED));
    // A million numbers are 200 resamples of 5,000 cells.
    expect(sums(begin())).toEqual(own);
    expect(sums(begin())).toEqual(own);
  });
});

test('limits are the same whatever was asked of the same rows before', () => {
  const create = () =>
    createPart([
      [0, [0, 0], 400],
      [0, [0, 1], 30],
      [0, [1, 0], 25],
      [1, [1, 1], 80],
      [1, [0, 1], 12],
      [1, [1, 0], 20],
    ]);
  const ask = (part: ReturnType<typeof create>, name: string, factor: number, tail: number) => {
    const found = counted.contrast(part, { name, positive: 'y' }, factor, describeCells(2));
    return 'reason' in found ? found : found.computeLimits(tail);
  };
  const part = create();
  const asked = [
    ['f1', 1, 0.05],
    ['mcc', 1, 0.001],
    ['f1', 0.95, 0.01],
    ['f1', 1, 0.001],
  ] as const;
  for (const [name, factor, tail] of asked) {
    const limits = ask(part, name, factor, tail);
    expect(limits).toHaveProperty('low');
    expect(limits).toEqual(ask(create(), name, factor, tail));
  }
});
