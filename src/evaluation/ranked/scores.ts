import type { Engine } from '../../engine/connection.ts';
import { argsort } from '../../statistics/argsort.ts';
import type { Ranking } from '../../statistics/ranking.ts';
import { type JoinedTable, nameSideScore, type Side } from '../joined-table.ts';
import type { ScoreColumns } from '../score-columns.ts';

/** Bytes of scores and orders that are kept for the next metric or view. */
const MAX_KEPT = 2 ** 29;
const BYTES_OF_ROW = 12;

/** The rows in the order of a side’s score for a class. */
export type OrderedScores = Omit<Ranking, 'rows'>;

/** Reads and sorts the scores for a class that `hasScore` speaks of. */
export type ScoreReader = (className: string, side: Side) => Promise<OrderedScores>;

/** Whether a score says how likely a class is. The one column of a binary task speaks of both. */
export function hasScore(scores: ScoreColumns, className: string): boolean {
  return scores.single || scores.columns.some((column) => column.className === className);
}

/** Reads each score once while there is room to keep it, and again where there is not. */
export function createScoreReader(engine: Engine, table: JoinedTable, scores: ScoreColumns): ScoreReader {
  const kept = new Map<string, OrderedScores>();
  return async (className, side) => {
    const key = JSON.stringify([className, side]);
    const known = kept.get(key);
    if (known) return known;
    const at = scores.single ? 0 : scores.columns.findIndex((column) => column.className === className);
    const [read = new Float64Array(0)] = await engine.numbers(`SELECT ${nameSideScore(side, at)} FROM joined`);
    // One less a tiny probability is 1: the negative keeps the order without new ties.
    const values = scores.single && scores.columns[0]?.className !== className ? read.map((score) => -score) : read;
    const ordered = { scores: values, order: argsort(values) };
    if ((kept.size + 1) * table.rows * BYTES_OF_ROW <= MAX_KEPT) kept.set(key, ordered);
    return ordered;
  };
}
