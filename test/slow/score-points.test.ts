import { expect, test } from 'vitest';
import { fetchScorePoints } from '../../src/evaluation/operating-point/score-points.ts';
import { chooseThreshold } from '../../src/evaluation/operating-point/threshold.ts';
import { describeRows, openMemory } from '../evaluation/counted/rows.ts';

test('a threshold of a million different scores is chosen in bins, and selects what it says', async () => {
  const engine = await openMemory();
  try {
    await engine.run(
      `CREATE TEMP TABLE joined AS
       SELECT CAST(i % 2 AS INTEGER) AS truth, ((i * 7919) % 1000003) / 1000003.0::DOUBLE AS score_0_0 FROM range(1000000) t(i)`,
    );
    const points = await fetchScorePoints(engine, describeRows([], { sides: [0] }), 1);
    expect(points.length).toBeLessThanOrEqual(2 ** 18);
    expect(points.reduce((sum, { positives }) => sum + positives, 0)).toBe(500_000);
    const chosen = chooseThreshold(points, { recall: 0.9 });
    if ('reason' in chosen) throw new Error(chosen.reason);
    const [found] = await engine.rows<{ n: number }>(
      `SELECT count(*) AS n FROM joined WHERE truth = 1 AND score_0_0 >= ${chosen.threshold}`,
    );
    expect(chosen.achieved).toBe((found?.n ?? 0) / 500_000);
    expect(chosen.achieved).toBeGreaterThanOrEqual(0.9);
    expect(chosen.achieved).toBeLessThan(0.9001);
  } finally {
    await engine.close();
  }
});
