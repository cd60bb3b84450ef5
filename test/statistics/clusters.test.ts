import { expect, test } from 'vitest';
import { countClustersNeeded, findFewClusters } from '../../src/statistics/clusters.ts';

test('limits need as many clusters as show a tenth of all kinds of them', () => {
  expect([0.1, 0.05, 0.01].map(countClustersNeeded)).toEqual([22, 29, 44]);
  for (const tail of [0.1, 0.05, 0.01, 1e-6]) {
    // Of so many, the chance that none is of a kind that a tenth of all are of is the error at most; of one fewer, more.
    const needed = countClustersNeeded(tail);
    expect(0.9 ** needed).toBeLessThanOrEqual(tail);
    expect(0.9 ** (needed - 1)).toBeGreaterThan(tail);
  }
  expect(countClustersNeeded(0.4)).toBe(10);
});

test('with too few clusters there is a reason', () => {
  expect(findFewClusters(10)).toBeUndefined();
  expect(findFewClusters(1)).toEqual({ reason: 'limits need 10 clusters, and there is 1' });
  expect(findFewClusters(9, 29)).toEqual({ reason: 'limits need 10 clusters, and there are 9' });
  expect(findFewClusters(28, 29)).toEqual({ reason: 'limits need 29 clusters, and there are 28' });
  expect(findFewClusters(29, 29)).toBeUndefined();
});
