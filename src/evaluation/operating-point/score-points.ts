import type { Engine } from '../../engine/connection.ts';
import { fetchWeightScale, renderFixedWeight, renderSummedWeight } from '../counted/fixed-weights.ts';
import { type JoinedTable, nameSideScore } from '../joined-table.ts';
import type { ScorePoint } from './threshold.ts';

/** More different scores are taken together in bins. */
const MAX_SCORES = 500_000;
/** Bins from 0 to 1; a power of two, so that no row falls over the edge of its bin by rounding. */
const BINS = 2 ** 18;

/**
 * The rows of `joined` by their only score; of very many different scores, by bins of 1/2¹⁸, each with its least score.
 * `positive` is the place of the class that the score is of.
 */
export async function fetchScorePoints(engine: Engine, table: JoinedTable, positive: number): Promise<ScorePoint[]> {
  const score = nameSideScore(0, 0);
  const [found] = await engine.rows<{ n: number }>(`SELECT count(DISTINCT ${score}) AS n FROM joined`);
  const key = (found?.n ?? 0) > MAX_SCORES ? `floor(${score} * ${BINS})` : score;
  const scale = table.weighted ? await fetchWeightScale(engine) : 1;
  const sum = (condition: string) =>
    table.weighted
      ? renderSummedWeight(`coalesce(sum(${renderFixedWeight('weight', scale)}) FILTER (${condition}), 0)`, scale)
      : `count(*) FILTER (${condition})`;
  const [of, other] = [`truth = ${positive}`, `truth <> ${positive}`];
  return engine.rows<ScorePoint>(
    `SELECT min(${score}) AS score, ${sum(of)} AS positives, ${sum(other)} AS negatives FROM joined GROUP BY ${key}`,
  );
}
